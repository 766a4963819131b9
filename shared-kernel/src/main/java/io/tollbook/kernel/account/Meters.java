package io.tollbook.kernel.account;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/** Counts per meter, each from 0 to 10^9; meters that counted nothing are left out. */
@JsonSerialize(using = MetersJson.Writer.class)
@JsonDeserialize(using = MetersJson.Reader.class)
public final class Meters {
    public static final long COUNT_MAX = 1_000_000_000L;
    public static final Meters NONE = new Meters(Map.of());

    private final Map<Meter, Long> counts;

    public Meters(Map<Meter, Long> counts) {
        Map<Meter, Long> copy = new EnumMap<>(Meter.class);
        counts.forEach((meter, count) -> {
            if (count < 0 || count > COUNT_MAX) throw new IllegalArgumentException(meter + " counts " + count);
            if (count > 0) copy.put(meter, count);
        });
        this.counts = Collections.unmodifiableMap(copy);
    }

    /** The same with other meters besides, which these do not count. */
    public Meters and(Map<Meter, Long> others) {
        if (others.isEmpty()) return this;
        Map<Meter, Long> all = new EnumMap<>(Meter.class);
        all.putAll(counts);
        all.putAll(others);
        return new Meters(all);
    }

    public Map<Meter, Long> counts() {
        return counts;
    }

    public long of(Meter meter) {
        return counts.getOrDefault(meter, 0L);
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /** Everything that went in, in tokens: fresh, cached, audio and pictures. */
    public long promptTokens() {
        return of(Meter.INPUT)
                + of(Meter.CACHE_READ)
                + of(Meter.CACHE_WRITE_5M)
                + of(Meter.CACHE_WRITE_1H)
                + of(Meter.AUDIO_INPUT)
                + of(Meter.IMAGE_INPUT);
    }

    /** Everything that came out, in tokens: text, thinking, audio and pictures. */
    public long completionTokens() {
        return of(Meter.OUTPUT) + of(Meter.REASONING) + of(Meter.AUDIO_OUTPUT) + of(Meter.IMAGE_OUTPUT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Meters meters && meters.counts.equals(counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
