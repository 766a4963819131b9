package io.tollbook.relay.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Channels of one priority, drawn in proportion to their weights; all alike if every weight is 0. */
final class Tier {
    /** Most draws meet a channel that may be used; a tier where few may is gone through. */
    private static final int DRAWS = 4;

    private static final int EXPLORED = 20;

    private final Target[] targets;
    /** Where each target's share of the weights ends. */
    private final long[] ends;

    Tier(List<Target> targets) {
        this.targets = targets.toArray(Target[]::new);
        ends = new long[this.targets.length];
        boolean alike = targets.stream().allMatch(target -> target.terms().weight() == 0);
        long sum = 0;
        for (int i = 0; i < ends.length; i++)
            ends[i] = sum += alike ? 1 : this.targets[i].terms().weight();
    }

    List<Target> targets() {
        return List.of(targets);
    }

    Optional<Target> draw(Predicate<Target> may) {
        if (targets.length == 1) return may.test(targets[0]) ? Optional.of(targets[0]) : Optional.empty();
        for (int i = 0; i < DRAWS; i++) {
            Target drawn = targets[place(ThreadLocalRandom.current().nextLong(ends[ends.length - 1]))];
            if (may.test(drawn)) return Optional.of(drawn);
        }
        List<Target> left = new ArrayList<>();
        for (Target target : targets) if (may.test(target)) left.add(target);
        if (left.isEmpty()) return Optional.empty();
        // Those without a weight serve when nobody else can. Here all may be used, so that the first draw hits.
        return new Tier(left).draw(target -> true);
    }

    /** The least by an order that is measured; now and then another, so that all keep being measured. */
    Optional<Target> least(Predicate<Target> may, ToDoubleFunction<Target> order) {
        if (targets.length == 1 || ThreadLocalRandom.current().nextInt(EXPLORED) == 0) return draw(may);
        double least = Double.POSITIVE_INFINITY;
        List<Target> best = new ArrayList<>();
        for (Target target : targets) {
            if (!may.test(target)) continue;
            double size = order.applyAsDouble(target);
            if (size > least) continue;
            if (size < least) best.clear();
            least = size;
            best.add(target);
        }
        return best.isEmpty() ? Optional.empty() : new Tier(best).draw(target -> true);
    }

    private int place(long ticket) {
        int found = Arrays.binarySearch(ends, ticket + 1);
        int place = found < 0 ? -found - 1 : found;
        while (place > 0 && ends[place - 1] == ends[place]) place--;
        return place;
    }
}
