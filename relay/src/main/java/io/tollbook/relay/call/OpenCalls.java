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
    private final int most;

    OpenCalls(@Value("${TOLLBOOK_OPEN_REQUESTS_MAX:0}") int configured) {
        most = configured > 0 ? configured : mostFor(Runtime.getRuntime().maxMemory());
    }

    /** A quarter of the heap, at 80 KB an open call: with 320 MB a thousand. */
    static int mostFor(long heapBytes) {
        return (int) Math.clamp(heapBytes / 4 / (80 * 1024), 200, 20_000);
    }

    public int most() {
        return most;
    }
}
