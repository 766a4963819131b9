package io.tollbook.command.account;

import io.tollbook.command.access.Sender;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.user.UserId;

/** Whose quota it is: rank decides who may change it by hand, and nobody may once its user is deleted. */
public interface Owners {
    /** Refuses a sender who may not change this quota. */
    void checkChange(AccountId account, Sender sender);

    /** Refuses a second person who may not approve what somebody asked for. */
    void checkApproval(AccountId account, UserId requestedBy, Sender sender);
}
