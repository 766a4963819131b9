package io.tollbook.relay.selection;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.relay.affinity.Affinities;
import io.tollbook.relay.directory.Channels;
import io.tollbook.relay.directory.SiteOptions;
import io.tollbook.relay.health.AutomaticSwitch;
import io.tollbook.relay.health.ChannelHealth;
import io.tollbook.relay.health.Healths;
import io.tollbook.relay.routing.ProviderKey;
import io.tollbook.relay.routing.RoutingTable;
import io.tollbook.relay.routing.Target;
import io.tollbook.relay.routing.Tried;
import io.tollbook.relay.routing.Wanted;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Says where a call goes: to the best tier with a channel that works, has room and has a key that works; by weight within it.
 * Where no channel works, one that did not work is better than none.
 */
@Component
public final class Router {
    private final Channels channels;
    private final Healths healths;
    private final SiteOptions options;
    private final AutomaticSwitch automatic;

    Router(Channels channels, Healths healths, SiteOptions options, AutomaticSwitch automatic) {
        this.channels = channels;
        this.healths = healths;
        this.options = options;
        this.automatic = automatic;
    }

    public RoutingTable table() {
        return channels.table();
    }

    /** Where the calls that belong to this one went; empty if that serves it no longer. */
    public Optional<Choice> at(Affinities.Place place, Wanted wanted) {
        RoutingTable table = channels.table();
        if (!table.serves(place.channel(), wanted)) return Optional.empty();
        Target target = table.channel(place.channel()).orElseThrow();
        ChannelHealth health = healths.of(place.channel());
        long now = System.nanoTime();
        if (!may(target, false, false, now)) return Optional.empty();
        return health.key(target, wanted.model(), place.key(), now)
                .or(() -> health.key(target, wanted.model(), Set.of(), false, now))
                .map(key -> new Choice(target, key, wanted.model(), health, automatic, false, false));
    }

    /** Empty if nobody is left. */
    public Optional<Choice> choose(Wanted wanted, Tried tried) {
        Optional<Choice> working = choose(wanted, tried, false);
        return working.isPresent() ? working : choose(wanted, tried, true);
    }

    private Optional<Choice> choose(Wanted wanted, Tried tried, boolean lastResort) {
        RoutingTable table = channels.table();
        long now = System.nanoTime();
        boolean again = !tried.isEmpty();
        Set<ChannelId> without = new HashSet<>(0);
        while (true) {
            Optional<Target> drawn = table.choose(
                    wanted,
                    target -> !tried.contains(target.channel())
                            && !without.contains(target.channel())
                            && may(target, again, lastResort, now),
                    options.prefersFast()
                            ? target -> healths.of(target.channel()).latencyNanos(wanted.model(), now)
                            : null);
            if (drawn.isEmpty()) return Optional.empty();
            Target target = drawn.get();
            ChannelHealth health = healths.of(target.channel());
            Optional<ProviderKey> key = health.key(target, wanted.model(), tried.keys(), lastResort, now);
            if (key.isPresent())
                return Optional.of(new Choice(target, key.get(), wanted.model(), health, automatic, again, lastResort));
            without.add(target.channel());
        }
    }

    private boolean may(Target target, boolean again, boolean lastResort, long now) {
        ChannelHealth health = healths.of(target.channel());
        return (lastResort || !health.isOut())
                && health.hasRoom(target.limits(), now)
                && (!again || health.takesRetry(options.retryBudgetPercent(), now));
    }

    /** This very channel, working or not. */
    public Optional<Choice> pinned(Target target, String model, Tried tried) {
        ChannelHealth health = healths.of(target.channel());
        return health.key(target, model, tried.keys(), true, System.nanoTime())
                .map(key -> new Choice(target, key, model, health, automatic, !tried.isEmpty(), true));
    }

    /** In how many seconds somebody who serves the model may have a key again, from 1. */
    public int retryAfterSeconds(Wanted wanted) {
        long now = System.nanoTime();
        long soonest = TimeUnit.MINUTES.toNanos(1);
        for (Target target : channels.table().serving(wanted)) {
            ChannelHealth health = healths.of(target.channel());
            soonest = Math.min(soonest, health.nextKeyNanos(target, wanted.model(), now));
        }
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(soonest) + 1);
    }

    /** Whether somebody who serves the model rests because it was asked for too often. */
    public boolean isBusy(Wanted wanted) {
        long now = System.nanoTime();
        return channels.table().serving(wanted).stream()
                .anyMatch(target -> healths.of(target.channel()).isBusy(target, wanted.model(), now));
    }
}
