package io.tollbook.query.account;

import io.tollbook.kernel.account.AccountOpened;
import io.tollbook.kernel.account.CallReopened;
import io.tollbook.kernel.account.CallResolved;
import io.tollbook.kernel.account.FundsHeld;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.LotExpired;
import io.tollbook.kernel.account.QuotaDeducted;
import io.tollbook.kernel.account.QuotaGranted;
import io.tollbook.kernel.account.TokenLimited;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.ReadModelNames;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.stereotype.Component;

/** Keeps what accounts, keys, channels and expiring lots have and have used. */
@Component
@ProcessingGroup(ReadModelNames.BALANCE)
class BalanceProjection {
    @EventHandler
    void on(AccountOpened event, Batch batch) {
        changes(batch).opened(event);
    }

    @EventHandler
    void on(QuotaGranted event, Batch batch) {
        changes(batch).granted(event);
    }

    @EventHandler
    void on(QuotaDeducted event, Batch batch) {
        changes(batch).deducted(event);
    }

    @EventHandler
    void on(TokenLimited event, Batch batch) {
        changes(batch).limited(event);
    }

    @EventHandler
    void on(FundsHeld event, Batch batch) {
        changes(batch).held(event);
    }

    @EventHandler
    void on(UsageSettled event, EventMessage<?> message, Batch batch) {
        changes(batch).settled(event, message.getTimestamp());
    }

    @EventHandler
    void on(HoldReleased event, Batch batch) {
        changes(batch).released(event);
    }

    @EventHandler
    void on(CallResolved event, Batch batch) {
        changes(batch).resolved(event);
    }

    @EventHandler
    void on(CallReopened event, Batch batch) {
        changes(batch).reopened(event);
    }

    @EventHandler
    void on(LotExpired event, Batch batch) {
        changes(batch).expired(event);
    }

    private static BalanceChanges changes(Batch batch) {
        return batch.changes(BalanceChanges.class, BalanceChanges::new);
    }
}
