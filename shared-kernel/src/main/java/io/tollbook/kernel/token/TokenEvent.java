package io.tollbook.kernel.token;

import io.tollbook.kernel.Event;

public sealed interface TokenEvent extends Event
        permits TokenCreated, TokenChanged, TokenEnabled, TokenDisabled, TokenDeleted {
    TokenId token();
}
