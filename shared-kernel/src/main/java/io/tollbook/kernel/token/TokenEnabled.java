package io.tollbook.kernel.token;

import io.tollbook.kernel.EventName;

@EventName("token.enabled")
public record TokenEnabled(TokenId token) implements TokenEvent {}
