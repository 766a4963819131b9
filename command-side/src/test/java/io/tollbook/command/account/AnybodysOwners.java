package io.tollbook.command.account;

import io.tollbook.command.access.Sender;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.user.UserId;

/** Rank is tried with real users; here there are only accounts. */
final class AnybodysOwners implements Owners {
    @Override
    public void checkChange(AccountId account, Sender sender) {}

    @Override
    public void checkApproval(AccountId account, UserId requestedBy, Sender sender) {}
}
