package io.tollbook.command.user;

import io.tollbook.kernel.user.UserId;
import java.time.Instant;

/** Told once it is durable that a user's sessions must end. Called on the writer's thread, so it must not wait. */
@FunctionalInterface
interface SessionEnds {
    void endAll(UserId user, Instant startedBefore);
}
