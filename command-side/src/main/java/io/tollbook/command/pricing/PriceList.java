package io.tollbook.command.pricing;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.PricesPublished;
import io.tollbook.kernel.pricing.PublishPrices;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/** The one list of prices; each change of it is a whole new version. */
@Aggregate(lockFactory = "noLocks")
public class PriceList {
    @AggregateIdentifier
    private String id;

    private long version;
    private String hash = "";

    @SuppressWarnings("NullAway")
    protected PriceList() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public void handle(PublishPrices command) {
        String wanted = DocumentHash.of(command.document());
        if (wanted.equals(hash)) return;
        if (command.basedOn() != version) throw new Refused(Refusal.PRICE_CHANGED);
        AggregateLifecycle.apply(
                new PricesPublished(version + 1, command.document(), wanted, command.note(), command.at()));
    }

    @EventSourcingHandler
    void on(PricesPublished event) {
        id = PublishPrices.LIST;
        version = event.version();
        hash = event.hash();
    }
}
