package io.tollbook.relay.health;

import java.util.concurrent.TimeUnit;

/** Counts over the sixty seconds that slide with the clock, a second at a time. */
final class Minute {
    private static final int SECONDS = 60;

    private final int[] counts = new int[SECONDS];
    private long second = Long.MIN_VALUE;
    private int sum;

    synchronized void add(long nanos) {
        slide(nanos);
        counts[(int) Math.floorMod(second, SECONDS)]++;
        sum++;
    }

    synchronized int count(long nanos) {
        slide(nanos);
        return sum;
    }

    private void slide(long nanos) {
        long now = TimeUnit.NANOSECONDS.toSeconds(nanos);
        if (second == Long.MIN_VALUE) second = now;
        for (long gone = Math.max(second + 1, now - SECONDS + 1); gone <= now; gone++) {
            int place = (int) Math.floorMod(gone, SECONDS);
            sum -= counts[place];
            counts[place] = 0;
        }
        second = Math.max(second, now);
    }
}
