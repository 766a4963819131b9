package io.tollbook.kernel.account;

import io.tollbook.kernel.token.TokenId;
import org.jspecify.annotations.Nullable;

/**
 * What one API key has spent.
 *
 * @param remaining what it may still spend, holds taken off; null for no limit
 */
public record TokenSpend(TokenId token, @Nullable Quota remaining, Quota used) {}
