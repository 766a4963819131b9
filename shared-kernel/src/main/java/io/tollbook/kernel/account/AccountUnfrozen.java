package io.tollbook.kernel.account;

import io.tollbook.kernel.EventName;

@EventName("account.unfrozen")
public record AccountUnfrozen(AccountId account) implements AccountEvent {}
