/** Chooses, attempt by attempt, the channel and key that a call goes to. */
@NullMarked
package io.tollbook.relay.selection;

import org.jspecify.annotations.NullMarked;
