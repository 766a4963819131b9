package io.tollbook.kernel.account;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.token.TokenId;
import org.jspecify.annotations.Nullable;

/**
 * A key's spending limit was set.
 *
 * @param remaining what it may still spend, holds not yet taken off; null for no limit
 */
@EventName("account.token-limited")
public record TokenLimited(
        AccountId account, TokenId token, @Nullable Quota remaining) implements AccountEvent {}
