package io.tollbook.query.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CutTest {
    private static final Instant NOON = Instant.parse("2027-03-28T12:00:00Z");

    private static int parts(Cut cut, Instant moment, Duration length) {
        int parts = 0;
        Cut.Range hours = cut.hours();
        long seconds = moment.getEpochSecond();
        Instant hour = Instant.ofEpochSecond(seconds - seconds % length.toSeconds());
        if (hours != null
                && (hours.from() == null || !hour.isBefore(hours.from()))
                && (hours.to() == null || hour.isBefore(hours.to()))) parts++;
        for (Cut.Range rows : cut.rows())
            if ((rows.from() == null || !moment.isBefore(rows.from()))
                    && (rows.to() == null || !moment.isAfter(rows.to()))) parts++;
        return parts;
    }

    private static void check(@Nullable Instant from, @Nullable Instant to, Instant moment) {
        boolean inside = (from == null || !moment.isBefore(from)) && (to == null || !moment.isAfter(to));
        assertThat(parts(Cut.of(from, to), moment, Duration.ofHours(1)))
                .as("%s in %s to %s", moment, from, to)
                .isEqualTo(inside ? 1 : 0);
        Duration quarter = Duration.ofMinutes(15);
        assertThat(parts(Cut.of(from, to, quarter), moment, quarter))
                .as("%s in %s to %s by quarters", moment, from, to)
                .isEqualTo(inside ? 1 : 0);
    }

    @Test
    void everyMomentLiesInOnePartAndNoneOutside() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            Instant from = random.nextInt(8) == 0 ? null : near(random);
            Instant to = random.nextInt(8) == 0 ? null : near(random);
            check(from, to, near(random));
            if (from != null) check(from, to, from);
            if (to != null) check(from, to, to);
        }
    }

    /** Often at the edge of an hour, in steps of what the database keeps. */
    private static Instant near(Random random) {
        Instant hour = NOON.plus(Duration.ofHours(random.nextInt(6)));
        return hour.plusNanos(1_000L * (random.nextBoolean() ? random.nextInt(-2, 3) : random.nextInt()));
    }

    @Test
    void wholeHoursLeaveNothingOver() {
        assertThat(Cut.of(NOON, NOON.plus(1, ChronoUnit.HOURS).minusNanos(1_000)))
                .isEqualTo(new Cut(new Cut.Range(NOON, NOON.plus(1, ChronoUnit.HOURS)), java.util.List.of()));
    }
}
