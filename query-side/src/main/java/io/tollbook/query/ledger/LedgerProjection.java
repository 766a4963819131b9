package io.tollbook.query.ledger;

import io.tollbook.kernel.account.AccountEvent;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.ReadModelNames;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.springframework.stereotype.Component;

/** Keeps the lots and the trial balance, and finds the first event that contradicts those before it. */
@Component
@ProcessingGroup(ReadModelNames.LEDGER)
class LedgerProjection {
    @EventHandler
    void on(AccountEvent event, TrackedEventMessage<?> message, Batch batch) {
        batch.changes(LedgerChanges.class, LedgerChanges::new)
                .add(event, message.trackingToken().position().orElseThrow(), message.getTimestamp());
    }
}
