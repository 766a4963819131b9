package io.tollbook.kernel.user;

import io.tollbook.kernel.EventName;

@EventName("user.deleted")
public record UserDeleted(UserId user) implements UserEvent {}
