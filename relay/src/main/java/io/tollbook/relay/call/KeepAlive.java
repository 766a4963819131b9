package io.tollbook.relay.call;

import io.tollbook.relay.upstream.Deadlines;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a client that waits for its stream hear something from time to time, so that nothing on the way takes the connection
 * for dead: between events, and before the first one too, which makes the status 200, whatever comes of the call. Another
 * thread than the call's own does that, so everybody who writes to the client has the turn while they do.
 */
final class KeepAlive implements Deadlines.Wait {
    private static final Logger log = LoggerFactory.getLogger(KeepAlive.class);

    private final PaidCall call;
    private final ReentrantLock turn = new ReentrantLock();
    private byte[] sign = {};
    private long everyNanos;
    private volatile long heardNanos;
    private volatile boolean lost;
    /** The rest only with the turn. Part of an event has gone out, whose rest is still to come. */
    private boolean torn;

    private boolean over;
    private boolean begun;

    KeepAlive(PaidCall call) {
        this.call = call;
    }

    /** From here on it waits for a provider. */
    void begin() {
        everyNanos = call.calls.options.keepAliveNanos();
        if (everyNanos == 0 || !call.asked().isStream()) return;
        sign = call.dialect.keepAlive(call.asked());
        if (sign.length == 0) return;
        heardNanos = System.nanoTime();
        call.calls.deadlines.begin(this);
    }

    /** Once this returns nobody writes to the client but the call itself. */
    void end() {
        if (sign.length == 0) return;
        call.calls.deadlines.end(this);
        turn.lock();
        over = true;
        turn.unlock();
    }

    void takeTurn() {
        turn.lock();
    }

    /** @param isTorn whether what was written ends within an event */
    void giveTurn(boolean isTorn) {
        torn = isTorn;
        heardNanos = System.nanoTime();
        turn.unlock();
    }

    /** Whether the client has heard something, and may not have heard anything else. Call after {@link #end()}. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether the client was found to be gone. */
    boolean hasLost() {
        return lost;
    }

    @Override
    public long endNanos() {
        return heardNanos + everyNanos;
    }

    /** A client that reads slowly must not hold up whoever looks after all waits. */
    @Override
    public void overdue() {
        heardNanos = System.nanoTime();
        Thread.startVirtualThread(this::sign);
    }

    private void sign() {
        if (!turn.tryLock()) return; // Something else is being written.
        try {
            if (over || torn) return;
            HttpServletResponse response = call.response;
            if (!response.isCommitted()) ClientResponse.eventsHead(response);
            OutputStream out = response.getOutputStream();
            out.write(sign);
            out.flush();
            begun = true;
        } catch (IOException e) {
            log.debug("{} has lost its client", call.id, e);
            over = true;
            lost = true;
        } finally {
            turn.unlock();
        }
    }
}
