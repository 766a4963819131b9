/** Keeps a conversation at the channel that has its prompt cached. */
@NullMarked
package io.tollbook.relay.affinity;

import org.jspecify.annotations.NullMarked;
