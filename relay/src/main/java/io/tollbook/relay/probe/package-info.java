/** Asking providers something of our own: whether a channel answers, what is left at it, which models it has. */
@NullMarked
package io.tollbook.relay.probe;

import org.jspecify.annotations.NullMarked;
