package io.tollbook.kernel.user;

import io.tollbook.kernel.EventName;

@EventName("user.access-token-issued")
public record AccessTokenIssued(UserId user, String fingerprint) implements UserEvent {}
