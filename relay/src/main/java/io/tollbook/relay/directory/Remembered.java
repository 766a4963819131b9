package io.tollbook.relay.directory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One value read on first use and again after it was forgotten. */
final class Remembered<T> {
    private final Supplier<T> source;
    private final AtomicLong generation = new AtomicLong();
    private volatile @Nullable T value;

    Remembered(Supplier<T> source) {
        this.source = source;
    }

    T get() {
        T present = value;
        return present != null ? present : read();
    }

    private synchronized T read() {
        T present = value;
        if (present != null) return present;
        while (true) {
            long before = generation.get();
            T fresh = source.get();
            // Forgotten while it was being read: what was read may be old.
            if (generation.get() != before) continue;
            value = fresh;
            return fresh;
        }
    }

    void forget() {
        generation.incrementAndGet();
        value = null;
    }
}
