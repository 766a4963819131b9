package io.tollbook.kernel.user;

import io.tollbook.kernel.EventName;

@EventName("user.role-changed")
public record RoleChanged(UserId user, Role before, Role after) implements UserEvent {}
