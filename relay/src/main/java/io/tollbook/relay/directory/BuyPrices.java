package io.tollbook.relay.directory;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.DirectoryChange;
import io.tollbook.kernel.DirectoryChanges;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.pricing.BuyPriceOutlook;
import io.tollbook.kernel.pricing.BuyPriceSchedule;
import io.tollbook.kernel.pricing.BuyPriceVersion;
import io.tollbook.kernel.pricing.Costing;
import io.tollbook.relay.routing.Target;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** What providers take, as {@link Prices} has what customers pay. */
@Component
public final class BuyPrices {
    /** Found once, each is 200 bytes: 10 MB at most. What is beyond is found again. */
    private static final int FOUND_MAX = 50_000;

    private final Remembered<BuyPriceSchedule> schedule;
    private final Map<Asked, Optional<Costing>> found = new ConcurrentHashMap<>();

    /** All that an answer depends on. */
    private record Asked(long version, long channel, int type, String tag, String upstreamModel, String model) {}

    BuyPrices(Messages messages, DirectoryChanges changes) {
        schedule = new Remembered<>(() -> messages.ask(new BuyPriceOutlook(), Actor.RELAY));
        changes.subscribe(change -> {
            if (change.kind() == DirectoryChange.Kind.PRICE || change.kind() == DirectoryChange.Kind.ALL) {
                schedule.forget();
                found.clear();
            }
        });
    }

    /** What a channel's attempt at a model costs; empty if nobody said. */
    public Optional<Costing> costing(Target target, String upstreamModel, String model, Instant moment) {
        BuyPriceVersion version = schedule.get().at(moment).orElse(null);
        if (version == null || version.document().prices().isEmpty()) return Optional.empty();
        long channel = target.channel().value();
        Asked asked = new Asked(
                version.version(),
                channel,
                target.terms().type(),
                target.terms().tag(),
                upstreamModel,
                model);
        Optional<Costing> known = found.get(asked);
        if (known != null) return known;
        if (found.size() >= FOUND_MAX) found.clear();
        return found.computeIfAbsent(asked, key -> version.costing(channel, target.terms(), upstreamModel, model));
    }
}
