package io.tollbook.command.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Failed attempts per address and per name; beyond a few each must wait until the window has passed. */
final class SignInLimits {
    private static final Duration WINDOW = Duration.ofMinutes(20);
    private static final int PER_ADDRESS = 50;
    private static final int PER_NAME = 10;
    private static final int REMEMBERED = 100_000;

    private final Cache<String, AtomicInteger> failures = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(WINDOW)
            .build();

    /** @throws Refused TOO_MANY_REQUESTS */
    void check(String address, String name) {
        if (count("a " + address) >= PER_ADDRESS || count("n " + name) >= PER_NAME)
            throw new Refused(Refusal.TOO_MANY_REQUESTS);
    }

    private int count(String key) {
        AtomicInteger count = failures.getIfPresent(key);
        return count == null ? 0 : count.get();
    }

    void failed(String address, String name) {
        failures.get("a " + address, key -> new AtomicInteger()).incrementAndGet();
        failures.get("n " + name, key -> new AtomicInteger()).incrementAndGet();
    }

    void succeeded(String name) {
        failures.invalidate("n " + name);
    }
}
