package io.tollbook.kernel.account;

import io.tollbook.kernel.Command;

public sealed interface AccountCommand extends Command<Void>
        permits OpenAccount,
                GrantQuota,
                AdjustQuota,
                LimitToken,
                FreezeAccount,
                UnfreezeAccount,
                HoldFunds,
                SettleUsage,
                ReleaseHold,
                ReleaseOpenHold,
                ResolveCall,
                ReopenCall,
                ExpireLots {
    AccountId account();
}
