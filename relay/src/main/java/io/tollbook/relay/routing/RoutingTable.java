package io.tollbook.relay.routing;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.relay.dialect.OwnDialect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Which channels serve a model for a group, best tier first. Immutable. */
public final class RoutingTable {
    private record Place(String group, String model) {}

    private final Map<Place, List<Target>> places = new HashMap<>();
    private final Map<ChannelId, Target> channels = new HashMap<>();
    private final Map<String, Set<String>> modelsOfGroup = new HashMap<>();
    private final Set<String> knownModels = new HashSet<>();

    public RoutingTable(List<Target> targets) {
        for (Target target : targets) {
            channels.put(target.channel(), target);
            knownModels.addAll(target.terms().models());
            if (!target.enabled()) continue;
            for (String group : target.terms().groups())
                for (String model : target.terms().models()) {
                    places.computeIfAbsent(new Place(group, model), place -> new ArrayList<>())
                            .add(target);
                    modelsOfGroup
                            .computeIfAbsent(group, name -> new TreeSet<>())
                            .add(model);
                }
        }
        Comparator<Target> bestFirst = Comparator.comparingLong(
                        (Target target) -> -target.terms().priority())
                .thenComparingLong(target -> target.channel().value());
        places.values().forEach(list -> list.sort(bestFirst));
    }

    /**
     * A channel of the best tier that has any left, by weight.
     *
     * @param tried channels to leave out
     */
    public Optional<Target> choose(Wanted wanted, Set<ChannelId> tried) {
        List<Target> candidates = places.getOrDefault(new Place(wanted.group(), wanted.model()), List.of());
        if (candidates.size() == 1 && tried.isEmpty()) return Optional.of(candidates.getFirst());
        candidates = faithful(candidates, wanted, tried);
        List<Target> tier = new ArrayList<>(candidates.size());
        for (Target candidate : candidates) {
            if (tried.contains(candidate.channel())) continue;
            if (!tier.isEmpty()
                    && tier.getFirst().terms().priority() != candidate.terms().priority()) break;
            tier.add(candidate);
        }
        return tier.isEmpty() ? Optional.empty() : Optional.of(byWeight(tier));
    }

    /** Those that can do what is asked without another dialect's words, where that matters and there are any. */
    private static List<Target> faithful(List<Target> candidates, Wanted wanted, Set<ChannelId> tried) {
        Supplier<OwnDialect> matters = wanted.matters();
        if (matters == null) return candidates;
        List<Target> speaking = new ArrayList<>(candidates.size());
        for (Target candidate : candidates)
            if (candidate
                    .speaks(candidate.terms().upstreamModel(wanted.model()))
                    .contains(wanted.dialect())) speaking.add(candidate);
        if (speaking.isEmpty() || speaking.size() == candidates.size()) return candidates;
        return switch (matters.get()) {
            case EQUAL -> candidates;
            case BETTER ->
                speaking.stream().allMatch(target -> tried.contains(target.channel())) ? candidates : speaking;
            case NEEDED -> speaking;
        };
    }

    /** In proportion to their weights; all alike if every weight is 0. */
    private static Target byWeight(List<Target> tier) {
        if (tier.size() == 1) return tier.getFirst();
        long sum = 0;
        for (Target target : tier) sum += target.terms().weight();
        if (sum == 0) return tier.get(ThreadLocalRandom.current().nextInt(tier.size()));
        long ticket = ThreadLocalRandom.current().nextLong(sum);
        for (Target target : tier) {
            ticket -= target.terms().weight();
            if (ticket < 0) return target;
        }
        throw new IllegalStateException("weights do not add up");
    }

    public Optional<Target> channel(ChannelId id) {
        return Optional.ofNullable(channels.get(id));
    }

    /** The models a group can call now, in order of name. */
    public Set<String> models(String group) {
        return modelsOfGroup.getOrDefault(group, Set.of());
    }

    /** Whether any channel, enabled or not, has this model for anybody. */
    public boolean knows(String model) {
        return knownModels.contains(model);
    }
}
