package io.tollbook.kernel.account;

import io.tollbook.kernel.EventName;

@EventName("account.frozen")
public record AccountFrozen(AccountId account) implements AccountEvent {}
