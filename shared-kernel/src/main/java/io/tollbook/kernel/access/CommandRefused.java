package io.tollbook.kernel.access;

import io.tollbook.kernel.Event;
import io.tollbook.kernel.EventName;
import io.tollbook.kernel.Refusal;
import java.time.Instant;

/**
 * A command of a person was refused.
 *
 * @param command the command type's name, without its content
 * @param user who sent it; 0 for guests
 */
@EventName("access.command-refused")
public record CommandRefused(String command, long user, Refusal refusal, Instant at) implements Event {}
