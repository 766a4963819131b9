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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Which channels serve a model for a group, best tier first. Immutable. */
public final class RoutingTable {
    private record Place(String group, String model) {}

    private final Map<Place, List<Tier>> places = new HashMap<>();
    private final Map<ChannelId, Target> channels = new HashMap<>();
    private final Map<String, Set<String>> modelsOfGroup = new HashMap<>();
    private final Set<String> knownModels = new HashSet<>();

    public RoutingTable(List<Target> targets) {
        Map<Place, List<Target>> serving = new HashMap<>();
        for (Target target : targets) {
            channels.put(target.channel(), target);
            knownModels.addAll(target.terms().models());
            if (!target.enabled()) continue;
            for (String group : target.terms().groups())
                for (String model : target.terms().models()) {
                    serving.computeIfAbsent(new Place(group, model), place -> new ArrayList<>())
                            .add(target);
                    modelsOfGroup
                            .computeIfAbsent(group, name -> new TreeSet<>())
                            .add(model);
                }
        }
        serving.forEach((place, list) -> places.put(place, tiers(list)));
    }

    private static List<Tier> tiers(List<Target> targets) {
        Map<Long, List<Target>> byPriority = new TreeMap<>(Comparator.reverseOrder());
        for (Target target : targets)
            byPriority
                    .computeIfAbsent(target.terms().priority(), priority -> new ArrayList<>())
                    .add(target);
        return byPriority.values().stream().map(Tier::new).toList();
    }

    /** A channel of the best tier in which any may be used, by weight. */
    public Optional<Target> choose(Wanted wanted, Predicate<Target> may) {
        return choose(wanted, may, null);
    }

    /** @param order of what the least is taken, those of equal by weight; null for by weight alone */
    public Optional<Target> choose(Wanted wanted, Predicate<Target> may, @Nullable ToDoubleFunction<Target> order) {
        List<Tier> tiers = places.getOrDefault(new Place(wanted.group(), wanted.model()), List.of());
        OwnDialect matters = matters(tiers, wanted);
        if (matters == OwnDialect.EQUAL) return choose(tiers, may, order);
        Optional<Target> faithful = choose(tiers, may.and(target -> speaks(target, wanted)), order);
        return faithful.isPresent() || matters == OwnDialect.NEEDED ? faithful : choose(tiers, may, order);
    }

    private static Optional<Target> choose(
            List<Tier> tiers, Predicate<Target> may, @Nullable ToDoubleFunction<Target> order) {
        for (Tier tier : tiers) {
            Optional<Target> drawn = order == null ? tier.draw(may) : tier.least(may, order);
            if (drawn.isPresent()) return drawn;
        }
        return Optional.empty();
    }

    /** Whether it matters that a channel can do what is asked without another dialect's words; not if all can, or nobody. */
    private static OwnDialect matters(List<Tier> tiers, Wanted wanted) {
        Supplier<OwnDialect> matters = wanted.matters();
        if (matters == null) return OwnDialect.EQUAL;
        boolean some = false;
        boolean all = true;
        for (Tier tier : tiers)
            for (Target target : tier.targets()) {
                boolean speaks = speaks(target, wanted);
                some |= speaks;
                all &= speaks;
            }
        return some && !all ? matters.get() : OwnDialect.EQUAL;
    }

    private static boolean speaks(Target target, Wanted wanted) {
        return target.speaks(target.terms().upstreamModel(wanted.model())).contains(wanted.dialect());
    }

    /** All that serve a model for a group, best first. */
    public List<Target> serving(Wanted wanted) {
        return places.getOrDefault(new Place(wanted.group(), wanted.model()), List.of()).stream()
                .flatMap(tier -> tier.targets().stream())
                .toList();
    }

    /** Whether a channel serves a model for a group now. */
    public boolean serves(ChannelId channel, Wanted wanted) {
        Target target = channels.get(channel);
        return target != null
                && target.enabled()
                && target.terms().groups().contains(wanted.group())
                && target.terms().models().contains(wanted.model());
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
