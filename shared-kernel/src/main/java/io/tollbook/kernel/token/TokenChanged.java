package io.tollbook.kernel.token;

import io.tollbook.kernel.EventName;

@EventName("token.changed")
public record TokenChanged(TokenId token, TokenTerms terms) implements TokenEvent {}
