package io.tollbook.kernel.user;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.secret.Sealed;

@EventName("user.password-changed")
public record PasswordChanged(UserId user, Sealed passwordHash) implements UserEvent {}
