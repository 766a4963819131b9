package io.tollbook.command.pricing;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.PricesPublished;
import io.tollbook.kernel.pricing.PublishPrices;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** The one price list. Its versions are counted from 1; the newest is in force. */
// Not cached: an aggregate made on its first command has no id yet when that command is refused.
@Aggregate(lockFactory = "noLocks")
class Prices {
    private static final int NOTE_MAX = 500;

    @AggregateIdentifier
    private @Nullable String id;

    private long version;
    private String hash = "";

    protected Prices() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(PublishPrices command) {
        if (!command.list().equals(PublishPrices.LIST)) throw Refused.invalid("There is one price list.");
        if (command.basedOn() != version) throw new Refused(Refusal.PRICE_CHANGED);
        if (command.note().length() > NOTE_MAX)
            throw Refused.invalid("The note is longer than " + NOTE_MAX + " characters.");
        var document = CanonicalPrices.of(command.document());
        String hash = CanonicalPrices.hash(document);
        if (hash.equals(this.hash)) return;
        apply(new PricesPublished(version + 1, document, hash, command.note(), command.at()));
    }

    @EventSourcingHandler
    void on(PricesPublished event) {
        if (event.version() != version + 1)
            throw new IllegalStateException("price version " + event.version() + " follows " + version);
        id = PublishPrices.LIST;
        version = event.version();
        hash = event.hash();
    }
}
