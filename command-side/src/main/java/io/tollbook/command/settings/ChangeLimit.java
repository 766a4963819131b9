package io.tollbook.command.settings;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How much quota one person may change in a day. A stricter limit is in force at once, a looser one a day later: otherwise
 * whoever may set it could lift it, change what they like, and put it back.
 *
 * @param replaced limits that may still be in force
 */
record ChangeLimit(List<Replaced> replaced) {
    static final Duration DAY = Duration.ofDays(1);

    /** @param above never 0 */
    record Replaced(long above, Instant at) {}

    ChangeLimit {
        replaced = List.copyOf(replaced);
    }

    ChangeLimit() {
        this(List.of());
    }

    /** @param set what the option says; 0 for no limit */
    long inForce(long set, Instant now) {
        long strictest = set;
        for (Replaced before : replaced)
            if (before.at().plus(DAY).isAfter(now))
                strictest = strictest == 0 ? before.above() : Math.min(strictest, before.above());
        return strictest;
    }

    ChangeLimit replaced(long above, Instant at) {
        List<Replaced> all = new ArrayList<>(replaced);
        all.removeIf(before -> !before.at().plus(DAY).isAfter(at));
        if (above > 0) all.add(new Replaced(above, at));
        return new ChangeLimit(all);
    }
}
