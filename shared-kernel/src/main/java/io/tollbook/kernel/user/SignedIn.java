package io.tollbook.kernel.user;

import io.tollbook.kernel.EventName;
import java.time.Instant;

@EventName("user.signed-in")
public record SignedIn(UserId user, String method, Instant at) implements UserEvent {}
