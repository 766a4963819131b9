package io.tollbook.relay.call;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * How many calls may be open at once.
 *
 * @see "adr/0005"
 */
@Component
public final class OpenCalls {
    /** Measured at twice the capacity: 45 KB of the web server's, 20 KB of stack, the rest to the provider. */
    private static final long CALL_BYTES = 100 * 1024;

    private final int most;

    OpenCalls(@Value("${TOLLBOOK_OPEN_REQUESTS_MAX:0}") int configured) {
        most = configured > 0 ? configured : mostFor(Runtime.getRuntime().maxMemory());
    }

    /** A quarter of what the JVM says it can use: with 288 MB, of which 251 count, 640 calls. */
    static int mostFor(long heapBytes) {
        return (int) Math.clamp(heapBytes / 4 / CALL_BYTES, 200, 20_000);
    }

    public int most() {
        return most;
    }
}
