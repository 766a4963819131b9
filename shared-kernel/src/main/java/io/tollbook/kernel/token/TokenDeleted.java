package io.tollbook.kernel.token;

import io.tollbook.kernel.EventName;

@EventName("token.deleted")
public record TokenDeleted(TokenId token) implements TokenEvent {}
