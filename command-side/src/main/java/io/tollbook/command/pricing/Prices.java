package io.tollbook.command.pricing;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.tollbook.kernel.EventName;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PricesPublished;
import io.tollbook.kernel.pricing.PublishPrices;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
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
@EventName("prices.state")
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
class Prices {
    private static final int NOTE_MAX = 500;
    private static final Duration AHEAD_MAX = Duration.ofDays(5 * 365);

    @AggregateIdentifier
    private @Nullable String id;

    private long version;
    private Instant lastAtOnce = Instant.EPOCH;
    /** By the moment from which it is in force; of two with the same moment the newer. */
    private TreeMap<Instant, Standing> versions = new TreeMap<>();

    /** @param prices the hash of the document without its moment, so that equal prices are equal whenever they come into force */
    private record Standing(long version, String prices) {
        static final Standing NONE = new Standing(0, "");
    }

    protected Prices() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(PublishPrices command) {
        if (!command.list().equals(PublishPrices.LIST)) throw Refused.invalid("There is one price list.");
        if (command.basedOn() != version) throw new Refused(Refusal.PRICE_CHANGED);
        if (command.note().length() > NOTE_MAX)
            throw Refused.invalid("The note is longer than " + NOTE_MAX + " characters.");
        // Behind by a clock that is slow, a version for at once would stand beneath the one it replaces.
        Instant now = command.at().isBefore(lastAtOnce) ? lastAtOnce : command.at();
        Standing present = at(now);
        if (command.inForce() != present.version()) throw new Refused(Refusal.PRICE_CHANGED);
        PriceDocument document = CanonicalPrices.of(command.document());
        Instant from = document.effectiveFrom();
        checkMoment(from, now);
        Standing replaced = from == null ? present : versions.getOrDefault(from, Standing.NONE);
        if (replaced.prices().equals(prices(document))) return;
        apply(new PricesPublished(version + 1, document, CanonicalPrices.hash(document), command.note(), now));
    }

    private Standing at(Instant moment) {
        Map.Entry<Instant, Standing> entry = versions.floorEntry(moment);
        return entry == null ? Standing.NONE : entry.getValue();
    }

    private static String prices(PriceDocument document) {
        return CanonicalPrices.hash(document.from(null));
    }

    private static void checkMoment(@Nullable Instant from, Instant now) {
        if (from == null) return;
        if (from.isBefore(now))
            throw Refused.invalid("The prices cannot come into force in the past: effectiveFrom is " + from + ".");
        if (from.isAfter(now.plus(AHEAD_MAX)))
            throw Refused.invalid(
                    "The prices cannot be planned more than five years ahead: effectiveFrom is " + from + ".");
    }

    @EventSourcingHandler
    void on(PricesPublished event) {
        if (event.version() != version + 1)
            throw new IllegalStateException("price version " + event.version() + " follows " + version);
        id = PublishPrices.LIST;
        version = event.version();
        Instant from = event.document().effectiveFrom();
        if (from == null && event.at().isAfter(lastAtOnce)) lastAtOnce = event.at();
        String prices = from == null ? event.hash() : prices(event.document());
        versions.put(event.effectiveFrom(), new Standing(version, prices));
    }
}
