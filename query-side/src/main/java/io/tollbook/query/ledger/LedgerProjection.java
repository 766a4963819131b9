package io.tollbook.query.ledger;

import static io.tollbook.query.schema.Tables.LEDGER_ACCOUNT;
import static io.tollbook.query.schema.Tables.LEDGER_FAULT;
import static io.tollbook.query.schema.Tables.LEDGER_REACHED;
import static io.tollbook.query.schema.Tables.LEDGER_TOTAL;
import static io.tollbook.query.schema.Tables.LOT;

import io.tollbook.kernel.account.AccountEvent;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.ReadModelNames;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Keeps the lots and the trial balance, and finds the first event that contradicts those before it. */
@Component
@ProcessingGroup(ReadModelNames.LEDGER)
class LedgerProjection {
    private final DSLContext views;

    LedgerProjection(DSLContext views) {
        this.views = views;
    }

    @EventHandler
    void on(AccountEvent event, TrackedEventMessage<?> message, Batch batch) {
        batch.changes(LedgerChanges.class, LedgerChanges::new)
                .add(event, message.trackingToken().position().orElseThrow(), message.getTimestamp());
    }

    @ResetHandler
    void reset() {
        views.truncate(LOT).execute();
        views.truncate(LEDGER_ACCOUNT).execute();
        views.truncate(LEDGER_TOTAL).execute();
        views.truncate(LEDGER_FAULT).execute();
        views.truncate(LEDGER_REACHED).execute();
    }
}
