package io.tollbook.bench;

import java.time.Duration;

/** How long each part of a measurement takes, and how much there is of it. */
record Times(
        int users,
        Duration warmUp,
        Duration directWarmUp,
        Duration measured,
        Duration overload,
        Duration soak,
        long events) {
    static Times of(Arguments arguments) {
        boolean quick = arguments.has("quick");
        return new Times(
                arguments.number("users", quick ? 100 : 1_000),
                arguments.seconds("warm-up", quick ? 20 : 40),
                Duration.ofSeconds(quick ? 4 : 10),
                arguments.seconds("measured", quick ? 8 : 20),
                Duration.ofSeconds(quick ? 12 : 60),
                Duration.ofMinutes(arguments.number("minutes", quick ? 0 : 10)),
                arguments.number("events", quick ? 0L : 1_000_000L));
    }
}
