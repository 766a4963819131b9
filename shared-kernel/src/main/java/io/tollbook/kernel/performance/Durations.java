package io.tollbook.kernel.performance;

import java.util.Arrays;
import java.util.OptionalLong;

/** How many calls took how long, in the buckets of {@link DurationBuckets}. */
public final class Durations {
    public static final Durations NONE = new Durations(new long[DurationBuckets.COUNT]);

    private final long[] counts;
    private final long total;

    public Durations(long[] counts) {
        if (counts.length != DurationBuckets.COUNT)
            throw new IllegalArgumentException(counts.length + " buckets instead of " + DurationBuckets.COUNT);
        this.counts = counts.clone();
        total = Arrays.stream(counts).sum();
    }

    public long count() {
        return total;
    }

    public long in(int bucket) {
        return counts[bucket];
    }

    public Durations plus(Durations other) {
        long[] sum = counts.clone();
        for (int i = 0; i < sum.length; i++) sum[i] += other.counts[i];
        return new Durations(sum);
    }

    /**
     * How long the fastest so many percent took at most, in milliseconds, as if calls were spread evenly within a bucket: so it
     * is off by less than a quarter. Of those above the last bound only that much is known.
     */
    public OptionalLong percentile(int percent) {
        if (percent < 1 || percent > 100) throw new IllegalArgumentException("percentile " + percent);
        if (total == 0) return OptionalLong.empty();
        long rank = Math.max(1, Math.ceilDiv(total * percent, 100L));
        long below = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (below + counts[bucket] >= rank) return OptionalLong.of(within(bucket, rank - below));
            below += counts[bucket];
        }
        throw new IllegalStateException("rank " + rank + " of " + total);
    }

    private long within(int bucket, long rank) {
        long from = DurationBuckets.from(bucket);
        long to = DurationBuckets.to(bucket);
        return to == Long.MAX_VALUE ? from : from + (to - from) * rank / counts[bucket];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Durations durations && Arrays.equals(durations.counts, counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return Arrays.toString(counts);
    }
}
