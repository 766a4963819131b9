package io.tollbook.kernel.token;

import io.tollbook.kernel.EventName;

@EventName("token.disabled")
public record TokenDisabled(TokenId token) implements TokenEvent {}
