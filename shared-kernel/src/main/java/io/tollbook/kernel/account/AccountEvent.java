package io.tollbook.kernel.account;

import io.tollbook.kernel.Event;

/** Each event that moves quota says what is available right after it, so a book needs no arithmetic to be read. */
public sealed interface AccountEvent extends Event
        permits AccountOpened,
                QuotaGranted,
                QuotaDeducted,
                TokenLimited,
                AccountFrozen,
                AccountUnfrozen,
                FundsHeld,
                UsageSettled,
                HoldReleased,
                CallResolved,
                CallReopened,
                LotExpired {
    AccountId account();
}
