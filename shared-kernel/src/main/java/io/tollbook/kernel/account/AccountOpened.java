package io.tollbook.kernel.account;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.user.UserId;

@EventName("account.opened")
public record AccountOpened(AccountId account, UserId owner) implements AccountEvent {}
