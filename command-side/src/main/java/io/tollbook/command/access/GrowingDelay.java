package io.tollbook.command.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Slows down whoever tries the same thing over and over: some attempts are free, each further one must wait twice as long
 * as the one before it. Whoever stays away for a while starts anew.
 *
 * <p>An attempt counts before its outcome is known, so a thousand at once are a thousand.
 */
public final class GrowingDelay {
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(20);
    /** 100,000 × some 200 bytes = 20 MB, the most that a flood of invented names can take. */
    private static final int KEYS_MAX = 100_000;

    private static final int KEY_LENGTH_MAX = 64;
    private static final int DOUBLINGS_MAX = 30;

    private record Attempts(int count, Instant openAt) {}

    private final int free;
    private final Duration longest;
    private final Clock clock;
    private final Cache<String, Attempts> attempts = Caffeine.newBuilder()
            .maximumSize(KEYS_MAX)
            .expireAfterWrite(FORGOTTEN_AFTER)
            .build();

    /**
     * @param free attempts without a delay
     * @param longest the delay stops growing here
     */
    public GrowingDelay(int free, Duration longest, Clock clock) {
        this.free = free;
        this.longest = longest;
        this.clock = clock;
    }

    /** @throws Refused TOO_MANY_REQUESTS while the delay lasts; such an attempt does not count */
    public void enter(String key) {
        Instant now = clock.instant();
        attempts.asMap().compute(shortened(key), (k, before) -> {
            if (before == null) return new Attempts(1, delayedFrom(now, 1));
            if (now.isBefore(before.openAt())) throw new Refused(Refusal.TOO_MANY_REQUESTS);
            return new Attempts(before.count() + 1, delayedFrom(now, before.count() + 1));
        });
    }

    private Instant delayedFrom(Instant now, int count) {
        if (count < free) return now;
        Duration delay = Duration.ofSeconds(1L << Math.min(count - free, DOUBLINGS_MAX));
        return now.plus(delay.compareTo(longest) > 0 ? longest : delay);
    }

    /** The last attempt was a good one: all before it are forgiven. */
    public void forgive(String key) {
        attempts.invalidate(shortened(key));
    }

    private static String shortened(String key) {
        return key.length() <= KEY_LENGTH_MAX ? key : key.substring(0, KEY_LENGTH_MAX);
    }
}
