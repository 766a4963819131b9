/** Which channels and keys work: what this node has seen of them, and whom it therefore leaves alone. */
@NullMarked
package io.tollbook.relay.health;

import org.jspecify.annotations.NullMarked;
