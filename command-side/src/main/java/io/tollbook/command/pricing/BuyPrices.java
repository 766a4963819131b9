package io.tollbook.command.pricing;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.BuyPriceDocument;
import io.tollbook.kernel.pricing.BuyPricesPublished;
import io.tollbook.kernel.pricing.PublishBuyPrices;
import java.time.Instant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** The one list of what providers take, in versions like those of {@link Prices}. */
// Not cached: an aggregate made on its first command has no id yet when that command is refused.
@Aggregate(lockFactory = "noLocks")
class BuyPrices {
    @AggregateIdentifier
    private @Nullable String id;

    private final Timetable versions = new Timetable();

    protected BuyPrices() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(PublishBuyPrices command) {
        if (!command.list().equals(PublishBuyPrices.LIST)) throw Refused.invalid("There is one list of buy prices.");
        BuyPriceDocument document = CanonicalPrices.of(command.document());
        Timetable.Next next = versions.next(
                command.basedOn(),
                command.inForce(),
                command.at(),
                document.effectiveFrom(),
                content(document),
                command.note());
        if (!next.changes()) return;
        apply(new BuyPricesPublished(
                next.version(), document, CanonicalPrices.hash(document), command.note(), next.at()));
    }

    private static String content(BuyPriceDocument document) {
        return CanonicalPrices.hash(document.from(null));
    }

    @EventSourcingHandler
    void on(BuyPricesPublished event) {
        id = PublishBuyPrices.LIST;
        Instant from = event.document().effectiveFrom();
        versions.add(event.version(), event.at(), from, from == null ? event.hash() : content(event.document()));
    }
}
