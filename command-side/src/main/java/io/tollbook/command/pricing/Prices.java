package io.tollbook.command.pricing;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.PricesPublished;
import io.tollbook.kernel.pricing.PublishPrices;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;
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
// Not cached: an aggregate made on its first command has no id yet when that command is refused.
@Aggregate(lockFactory = "noLocks")
class Prices {
    private static final int NOTE_MAX = 500;
    private static final Duration AHEAD_MAX = Duration.ofDays(5 * 365);

    @AggregateIdentifier
    private @Nullable String id;

    private long version;
    private String hash = "";
    private Instant newestFrom = Instant.EPOCH;
    private final TreeSet<Instant> moments = new TreeSet<>();

    protected Prices() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(PublishPrices command) {
        if (!command.list().equals(PublishPrices.LIST)) throw Refused.invalid("There is one price list.");
        if (command.basedOn() != version) throw new Refused(Refusal.PRICE_CHANGED);
        if (command.note().length() > NOTE_MAX)
            throw Refused.invalid("The note is longer than " + NOTE_MAX + " characters.");
        checkMoment(command.document().effectiveFrom(), command.at());
        var document = CanonicalPrices.of(command.document());
        String hash = CanonicalPrices.hash(document);
        if (hash.equals(this.hash) && !isOvertaken(command.at())) return;
        apply(new PricesPublished(version + 1, document, hash, command.note(), command.at()));
    }

    private static void checkMoment(@Nullable Instant from, Instant now) {
        if (from == null) return;
        if (from.isBefore(now))
            throw Refused.invalid("The prices cannot come into force in the past: effectiveFrom is " + from + ".");
        if (from.isAfter(now.plus(AHEAD_MAX)))
            throw Refused.invalid(
                    "The prices cannot be planned more than five years ahead: effectiveFrom is " + from + ".");
    }

    /** Whether a version that was planned before the newest has come into force after it. */
    private boolean isOvertaken(Instant now) {
        Instant next = moments.higher(newestFrom);
        return next != null && !next.isAfter(now);
    }

    @EventSourcingHandler
    void on(PricesPublished event) {
        if (event.version() != version + 1)
            throw new IllegalStateException("price version " + event.version() + " follows " + version);
        id = PublishPrices.LIST;
        version = event.version();
        hash = event.hash();
        Instant from = event.document().effectiveFrom();
        newestFrom = from == null ? event.at() : from;
        moments.add(newestFrom);
    }
}
