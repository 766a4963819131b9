package io.tollbook.command.account;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many calls began lately, and how many of them have failed. The window moves on by a sixtieth of itself, and a call counts
 * until the whole of it lies behind: at most a sixtieth too long, so that no window of that length, wherever it begins, ever has
 * more than the limit.
 *
 * @see "adr/0009"
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class CallWindow {
    private static final int SLICES = 60;
    /** The window and the slice that moves in; 2 × 61 × 4 bytes. */
    private static final int RING = SLICES + 1;

    private int minutes;
    /** The number of the slice of the newest call, counted from 1970; a slice has as many seconds as the window has minutes. */
    private long newest = Long.MIN_VALUE / 2;

    private int[] calls = new int[RING];
    private int[] failures = new int[RING];

    /** For Jackson. */
    private CallWindow() {}

    CallWindow(int minutes) {
        this.minutes = minutes;
    }

    /** The same calls in a window of another length, as far as they are known. */
    CallWindow in(int otherMinutes, Instant at) {
        if (otherMinutes == minutes) return this;
        CallWindow other = new CallWindow(otherMinutes);
        for (long slice = newest - SLICES; slice <= newest; slice++) {
            if (calls[index(slice)] == 0) continue;
            long second = Math.min((slice + 1) * minutes - 1, at.getEpochSecond());
            other.moveTo(second);
            other.calls[index(other.newest)] += calls[index(slice)];
            other.failures[index(other.newest)] += failures[index(slice)];
        }
        return other;
    }

    /**
     * In how many seconds one more call is within a limit.
     *
     * @param successes whether failed calls do not count
     * @return 0 for now
     */
    int secondsUntilRoom(int most, boolean successes, Instant at) {
        long now = slice(at.getEpochSecond());
        if (isAhead(now)) return 0;
        // Two nodes' clocks are never quite the same.
        now = Math.max(now, newest);
        long count = 0;
        for (int i = oldestIn(now); i < RING; i++) count += counted(i, successes);
        if (count < most) return 0;
        for (int i = oldestIn(now); i < RING; i++) {
            count -= counted(i, successes);
            if (count < most) return (int) Math.max(1, (newest + 1 + i) * minutes - at.getEpochSecond());
        }
        throw new IllegalStateException("no room for a call in an empty window: " + most);
    }

    /** Which of the ring's slices, the oldest being 0, is the first that still counts. */
    private int oldestIn(long now) {
        return (int) Math.min(now - newest, RING);
    }

    private int counted(int fromOldest, boolean successes) {
        int index = (int) (newest % RING) + 1 + fromOldest;
        if (index >= RING) index -= RING;
        return successes ? calls[index] - failures[index] : calls[index];
    }

    void begun(Instant at) {
        moveTo(at.getEpochSecond());
        calls[index(slice(at.getEpochSecond()))]++;
    }

    /** One that began then has failed. */
    void failed(Instant begun) {
        long slice = slice(begun.getEpochSecond());
        if (slice >= newest - SLICES && slice <= newest) failures[index(slice)]++;
    }

    boolean isOver(Instant at) {
        return Math.abs(slice(at.getEpochSecond()) - newest) > SLICES;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallWindow window
                && window.minutes == minutes
                && window.newest == newest
                && Arrays.equals(window.calls, calls)
                && Arrays.equals(window.failures, failures);
    }

    @Override
    public int hashCode() {
        return Objects.hash(minutes, newest, Arrays.hashCode(calls));
    }

    private void moveTo(long second) {
        long slice = slice(second);
        if (isAhead(slice) || slice - newest > RING) newest = slice - RING;
        while (newest < slice) {
            newest++;
            calls[index(newest)] = 0;
            failures[index(newest)] = 0;
        }
    }

    /** A clock that was set back by more than the window would count for nobody knows how long: the window begins anew. */
    private boolean isAhead(long slice) {
        return slice < newest - SLICES;
    }

    private long slice(long second) {
        return Math.floorDiv(second, minutes);
    }

    private static int index(long slice) {
        return Math.floorMod(slice, RING);
    }
}
