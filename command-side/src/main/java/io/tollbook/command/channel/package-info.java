/** Channels: what each is sent, and that its key goes nowhere but to the host it was given for. */
@NullMarked
package io.tollbook.command.channel;

import org.jspecify.annotations.NullMarked;
