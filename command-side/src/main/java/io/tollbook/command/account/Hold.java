package io.tollbook.command.account;

import io.tollbook.kernel.account.FundsHeld;
import io.tollbook.kernel.account.LotSlice;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.util.List;

/** Funds set aside for one running call, and what its settlement will have to say. */
record Hold(
        UserId user,
        TokenId token,
        String model,
        String group,
        long priceVersion,
        Quota amount,
        List<LotSlice> slices) {
    static Hold of(FundsHeld event) {
        return new Hold(
                event.user(),
                event.token(),
                event.model(),
                event.group(),
                event.priceVersion(),
                event.amount(),
                event.slices());
    }
}
