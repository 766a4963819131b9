package io.tollbook.kernel.user;

import io.tollbook.kernel.EventName;

@EventName("user.enabled")
public record UserEnabled(UserId user) implements UserEvent {}
