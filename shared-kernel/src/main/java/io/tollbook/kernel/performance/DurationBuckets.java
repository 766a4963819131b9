package io.tollbook.kernel.performance;

import java.util.Arrays;

/**
 * Durations, sorted into buckets that never change, so that counts of any hours can be added up: ten to each power of ten, from
 * 10 ms to 1,000 s. A read model stores their numbers; other bounds would need it rebuilt.
 */
public final class DurationBuckets {
    /** Where buckets begin, in milliseconds, but the first, which begins at 0: Renard's series, each 1.26 times the last. */
    private static final long[] BOUNDS = bounds();

    public static final int COUNT = BOUNDS.length + 1;

    private DurationBuckets() {}

    private static long[] bounds() {
        long[] decade = {100, 125, 160, 200, 250, 315, 400, 500, 630, 800};
        int decades = 5;
        long[] bounds = new long[decades * decade.length + 1];
        long tenths = 1;
        for (int i = 0; i < decades; i++, tenths *= 10)
            for (int j = 0; j < decade.length; j++) bounds[i * decade.length + j] = (decade[j] * tenths + 5) / 10;
        bounds[bounds.length - 1] = tenths * decade[0] / 10;
        return bounds;
    }

    public static int of(long millis) {
        int found = Arrays.binarySearch(BOUNDS, millis);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The shortest duration in a bucket, in milliseconds. */
    public static long from(int bucket) {
        return bucket == 0 ? 0 : BOUNDS[bucket - 1];
    }

    /** The shortest duration that is too long for a bucket; {@link Long#MAX_VALUE} for the last one. */
    public static long to(int bucket) {
        return bucket == BOUNDS.length ? Long.MAX_VALUE : BOUNDS[bucket];
    }
}
