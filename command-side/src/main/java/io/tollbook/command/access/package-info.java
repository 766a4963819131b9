/** Remembers who was turned away, without letting a flood of refusals become a flood of events. */
@NullMarked
package io.tollbook.command.access;

import org.jspecify.annotations.NullMarked;
