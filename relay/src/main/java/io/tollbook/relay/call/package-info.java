/** One call from admission to settlement. */
@NullMarked
package io.tollbook.relay.call;

import org.jspecify.annotations.NullMarked;
