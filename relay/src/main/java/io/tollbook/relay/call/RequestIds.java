package io.tollbook.relay.call;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Ids that sort by time and tell nothing: milliseconds, a counter against doubles, and chance. */
final class RequestIds {
    private static final AtomicLong COUNTER =
            new AtomicLong(ThreadLocalRandom.current().nextInt(1 << 20));

    private RequestIds() {}

    static String next() {
        long time = System.currentTimeMillis();
        long low = (COUNTER.getAndIncrement() & 0xFFFFFL) << 40
                | ThreadLocalRandom.current().nextLong() & 0xFFFFFFFFFFL;
        return HexFormat.of().toHexDigits(time, 11) + HexFormat.of().toHexDigits(low);
    }
}
