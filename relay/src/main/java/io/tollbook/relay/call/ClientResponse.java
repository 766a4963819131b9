package io.tollbook.relay.call;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client's side of one attempt: what it has been sent, and whether it is still there. */
final class ClientResponse {
    private static final Logger log = LoggerFactory.getLogger(ClientResponse.class);
    private static final String EVENTS = "text/event-stream";

    private final PaidCall call;
    private final ClassicHttpResponse answer;
    private boolean translated;
    private boolean gone;

    /** @param translated whether the client's dialect is another than the provider's */
    ClientResponse(PaidCall call, ClassicHttpResponse answer, boolean translated) {
        this.call = call;
        this.answer = answer;
        this.translated = translated;
    }

    boolean isGone() {
        return gone || call.keepAlive.hasLost();
    }

    /** What the provider sent goes on in other words, though it speaks the client's dialect. */
    void rewrite() {
        translated = true;
    }

    boolean hasBegun() {
        return call.firstByteNanos >= 0;
    }

    /** Sends a whole answer. It is paid for; that nobody may be there to read it changes nothing. */
    void whole(byte[] body, String type) {
        note(body, body.length);
        call.keep(answer.getCode(), type(type));
        call.keepAlive.end();
        if (!call.response.isCommitted()) {
            head(type);
            call.response.setContentLength(body.length);
        }
        try {
            call.response.getOutputStream().write(body);
        } catch (IOException e) {
            lost(e);
        }
    }

    /**
     * Sends a part of a stream at once.
     *
     * @param torn whether it ends within an event
     */
    void pass(byte[] bytes, int length, String type, boolean torn) {
        note(bytes, length);
        if (isGone()) return;
        call.keepAlive.takeTurn();
        try {
            if (!call.response.isCommitted()) head(type);
            OutputStream out = call.response.getOutputStream();
            out.write(bytes, 0, length);
            out.flush();
            firstByte();
        } catch (IOException e) {
            lost(e);
        } finally {
            call.keepAlive.giveTurn(torn);
        }
    }

    /** Sends the last of a whole stream. The client has all of it then, and need not wait for the provider's tail. */
    void end(byte[] last, String type) {
        note(last, last.length);
        call.keep(answer.getCode(), type(type));
        breakOff(last, type);
    }

    /** Sends the last of a stream that is not whole. */
    void breakOff(byte[] last, String type) {
        call.keepAlive.end();
        if (isGone()) return;
        try {
            if (!call.response.isCommitted()) head(type);
            OutputStream out = call.response.getOutputStream();
            out.write(last);
            out.close();
            firstByte();
        } catch (IOException e) {
            lost(e);
        }
    }

    private void note(byte[] bytes, int length) {
        if (call.repeatable != null) call.repeatable.sent(bytes, length);
    }

    private void lost(IOException e) {
        log.debug("{} has lost its client", call.id, e);
        gone = true;
    }

    /** The provider's own type where it is the provider's answer. */
    private String type(String otherwise) {
        Header theirs = answer.getFirstHeader("Content-Type");
        if (!translated && theirs != null) return theirs.getValue();
        return otherwise.isEmpty() ? EVENTS : otherwise;
    }

    private void head(String type) {
        HttpServletResponse response = call.response;
        response.setStatus(answer.getCode());
        String shown = type(type);
        response.setContentType(shown);
        for (Header header : answer.getHeaders()) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            if (translated ? name.equals("retry-after") : call.dialect.passesToClient(name))
                response.setHeader(header.getName(), header.getValue());
        }
        if (shown.startsWith(EVENTS)) undelayed(response);
    }

    /** The head of a stream whose provider has not answered yet. */
    static void eventsHead(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(EVENTS);
        undelayed(response);
    }

    private static void undelayed(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("X-Accel-Buffering", "no");
    }

    /** The moment that counts as the answer's first byte: for a whole one, when it has come, not when it is paid. */
    void firstByte() {
        if (hasBegun()) return;
        call.firstByteNanos = System.nanoTime();
        call.calls.metrics.firstByte.record(call.firstByteNanos - call.startNanos, TimeUnit.NANOSECONDS);
    }
}
