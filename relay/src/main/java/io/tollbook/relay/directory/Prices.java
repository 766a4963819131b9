package io.tollbook.relay.directory;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.DirectoryChange;
import io.tollbook.kernel.DirectoryChanges;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceOutlook;
import io.tollbook.kernel.pricing.PriceSchedule;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.Rounding;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The price version in force. One call asks once and keeps the answer from hold to settlement. Versions that are planned are
 * here before their moment, so that they come into force at it and not when somebody says so.
 */
@Component
public final class Prices {
    private static final PriceVersion NONE = new PriceVersion(
            0, new PriceDocument(Map.of(), Map.of(), Map.of(), Rounding.HALF_AWAY_FROM_ZERO, 1), "", "", Instant.EPOCH);

    private final Remembered<PriceSchedule> schedule;

    Prices(Messages messages, DirectoryChanges changes) {
        schedule = new Remembered<>(() -> messages.ask(new PriceOutlook(), Actor.RELAY));
        changes.subscribe(change -> {
            if (change.kind() == DirectoryChange.Kind.PRICE || change.kind() == DirectoryChange.Kind.ALL)
                schedule.forget();
        });
    }

    public PriceVersion inForce() {
        return inForce(Instant.now());
    }

    public PriceVersion inForce(Instant moment) {
        return schedule.get().at(moment).orElse(NONE);
    }
}
