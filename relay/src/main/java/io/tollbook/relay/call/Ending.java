package io.tollbook.relay.call;

import io.tollbook.relay.upstream.Upstream;
import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes an answer: read to its end, its connection is used again; otherwise it is cut. */
final class Ending {
    private static final Logger log = LoggerFactory.getLogger(Ending.class);

    private final Upstream.Exchange exchange;
    private final ClassicHttpResponse answer;
    private boolean whole;

    Ending(Upstream.Exchange exchange, ClassicHttpResponse answer) {
        this.exchange = exchange;
        this.answer = answer;
    }

    boolean isWhole() {
        return whole;
    }

    void readToTheEnd() {
        whole = true;
    }

    void close() {
        // Closing an answer that has more to come would read all of it first.
        if (!whole) exchange.cut();
        try {
            answer.close();
        } catch (IOException e) {
            log.debug("closing an answer failed", e);
        }
    }
}
