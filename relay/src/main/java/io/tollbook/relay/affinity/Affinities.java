package io.tollbook.relay.affinity;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.tollbook.kernel.DirectoryChange;
import io.tollbook.kernel.DirectoryChanges;
import io.tollbook.kernel.channel.AffinityCounts;
import io.tollbook.kernel.channel.ChannelAffinities;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.settings.Option;
import io.tollbook.relay.directory.SiteOptions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where calls that belong together went last. A provider caches prompts per account, so the key is remembered beside the channel.
 * Each node remembers for itself: elsewhere a conversation finds its place anew with its next call.
 */
@Component
public final class Affinities implements ChannelAffinities {
    /** A channel and the key that was used there. */
    public record Place(ChannelId channel, KeyPrint key) {}

    private record Remembered(Place place, String rule, long ttlSeconds) {}

    private record Counts(LongAdder hits, LongAdder misses) {}

    /** A call's place in the book. */
    public final class Bond {
        private final AffinityRule rule;
        private final String key;
        private final @Nullable Place place;

        private Bond(AffinityRule rule, String key, @Nullable Place place) {
            this.rule = rule;
            this.key = key;
            this.place = place;
        }

        public Optional<Place> place() {
            return Optional.ofNullable(place);
        }

        /** Whether a call that fails at its place is tried nowhere else. */
        public boolean staysOnFailure() {
            return place != null && rule.staysOnFailure();
        }

        /** The place no longer serves the call. */
        public void broken() {
            if (!rules().keepsDisabled()) places.invalidate(key);
        }

        public void answered(Place by) {
            if (place != null && !rules().followsSuccess() && !by.equals(place)) return;
            long ttl = rule.ttlSeconds() > 0 ? rule.ttlSeconds() : rules().ttlSeconds();
            places.put(key, new Remembered(by, rule.name(), ttl));
        }
    }

    private final SiteOptions options;
    private volatile @Nullable AffinityRules rules;
    private final Map<String, Counts> counts = new ConcurrentHashMap<>();
    private final Cache<String, Remembered> places = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfter(Expiry.<String, Remembered>writing((key, value) -> Duration.ofSeconds(value.ttlSeconds)))
            .build();

    Affinities(SiteOptions options, DirectoryChanges changes) {
        this.options = options;
        changes.subscribe(change -> {
            if (change.kind() == DirectoryChange.Kind.OPTION || change.kind() == DirectoryChange.Kind.ALL) rules = null;
        });
    }

    private AffinityRules rules() {
        AffinityRules present = rules;
        if (present != null) return present;
        AffinityRules fresh = AffinityRules.of(options.values());
        places.policy()
                .eviction()
                .ifPresent(bound -> bound.setMaximum(Option.AFFINITIES_MOST.number(options.values())));
        rules = fresh;
        return fresh;
    }

    /** By the first rule that fits; null if none does, or the call does not say what it belongs to. */
    public @Nullable Bond of(CallView call) {
        AffinityRules now = rules();
        if (!now.on()) return null;
        String userAgent = call.userAgent().toLowerCase(Locale.ROOT);
        for (AffinityRule rule : now.all()) {
            if (!rule.fits(call.model(), call.path(), userAgent)) continue;
            String key = rule.key(call);
            if (key == null) continue;
            Remembered remembered = places.getIfPresent(key);
            Counts seen = counts.computeIfAbsent(rule.name(), name -> new Counts(new LongAdder(), new LongAdder()));
            (remembered == null ? seen.misses : seen.hits).increment();
            return new Bond(rule, key, remembered == null ? null : remembered.place);
        }
        return null;
    }

    @Override
    public List<AffinityCounts> counts() {
        Map<String, Long> remembered =
                places.asMap().values().stream().collect(groupingBy(Remembered::rule, counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new AffinityCounts(
                        entry.getKey(),
                        entry.getValue().hits.sum(),
                        entry.getValue().misses.sum(),
                        remembered.getOrDefault(entry.getKey(), 0L)))
                .toList();
    }

    @Override
    public long remembered() {
        return places.estimatedSize();
    }

    @Override
    public long forget(String rule) {
        long deleted = 0;
        for (Map.Entry<String, Remembered> entry : places.asMap().entrySet())
            if (entry.getValue().rule.equals(rule) && places.asMap().remove(entry.getKey(), entry.getValue()))
                deleted++;
        counts.remove(rule);
        return deleted;
    }

    @Override
    public void forget() {
        places.invalidateAll();
        counts.clear();
    }
}
