package io.tollbook.command.replay;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.replay.RecordReplay;
import io.tollbook.kernel.replay.ReplayRun;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** All replays, one after the other. */
@Aggregate(cache = "siteCache", lockFactory = "noLocks")
class ReplayHistory {
    @AggregateIdentifier
    private @Nullable String id;

    private String last = "";

    protected ReplayHistory() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordReplay command) {
        if (!command.history().equals(RecordReplay.HISTORY)) throw Refused.invalid("There is one history of replays.");
        if (command.run().run().equals(last)) return; // Sent twice, it is one run all the same.
        apply(command.run());
    }

    @EventSourcingHandler
    void on(ReplayRun event) {
        id = RecordReplay.HISTORY;
        last = event.run();
    }
}
