package io.tollbook.command.pricing;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.tollbook.kernel.EventName;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PricesPublished;
import io.tollbook.kernel.pricing.PublishPrices;
import java.time.Instant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * The one price list. Its versions are counted from 1. Each comes into force at its moment and stays there until the moment of
 * another; of two with the same moment the newer counts.
 */
@Aggregate(cache = "siteCache", lockFactory = "noLocks", snapshotTriggerDefinition = "accountSnapshots")
@EventName(value = "prices.state", version = 2)
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
class Prices {
    @AggregateIdentifier
    private @Nullable String id;

    private Timetable versions = new Timetable();

    protected Prices() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(PublishPrices command) {
        if (!command.list().equals(PublishPrices.LIST)) throw Refused.invalid("There is one price list.");
        PriceDocument document = CanonicalPrices.of(command.document());
        Timetable.Next next = versions.next(
                command.basedOn(),
                command.inForce(),
                command.at(),
                document.effectiveFrom(),
                content(document),
                command.note());
        if (!next.changes()) return;
        apply(new PricesPublished(next.version(), document, CanonicalPrices.hash(document), command.note(), next.at()));
    }

    private static String content(PriceDocument document) {
        return CanonicalPrices.hash(document.from(null));
    }

    @EventSourcingHandler
    void on(PricesPublished event) {
        id = PublishPrices.LIST;
        Instant from = event.document().effectiveFrom();
        versions.add(event.version(), event.at(), from, from == null ? event.hash() : content(event.document()));
    }
}
