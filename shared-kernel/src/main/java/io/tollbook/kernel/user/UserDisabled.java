package io.tollbook.kernel.user;

import io.tollbook.kernel.EventName;

@EventName("user.disabled")
public record UserDisabled(UserId user) implements UserEvent {}
