package io.tollbook.relay.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.conversation.Answer;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.dialect.AnswerReader;
import io.tollbook.relay.dialect.AnswerWriter;
import io.tollbook.relay.dialect.Dialect;
import io.tollbook.relay.dialect.RequestLine;
import io.tollbook.relay.dialect.UpstreamErrors;
import io.tollbook.relay.metering.AnswerText;
import io.tollbook.relay.metering.Reported;
import io.tollbook.relay.metering.UsageReader;
import io.tollbook.relay.routing.Target;
import io.tollbook.relay.stream.AnswerStream;
import io.tollbook.relay.stream.PassingStream;
import io.tollbook.relay.stream.TranslatedStream;
import io.tollbook.relay.upstream.Upstream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One try of a call at one channel. Settles the call itself once the provider has answered with success. */
final class CallAttempt {
    private static final Logger log = LoggerFactory.getLogger(CallAttempt.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int ANSWER_BYTES_MAX = 64 * 1024 * 1024;
    private static final int ERROR_BYTES_MAX = 64 * 1024;
    /** What a provider may take to end an answer that it has said to be done. */
    private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Whose names go no further than to us, whatever a dialect says. */
    private static final Set<String> OURS = Set.of(
            "authorization",
            "x-api-key",
            "x-goog-api-key",
            "mj-api-secret",
            "cookie",
            "host",
            "content-length",
            "content-type",
            "content-encoding",
            "accept-encoding",
            "connection",
            "transfer-encoding",
            "upgrade");

    private final PaidCall call;
    private final Target target;
    /** The provider's. */
    private final Dialect provider;

    private final String upstreamModel;
    private final long startNanos = System.nanoTime();
    private boolean clientGone;
    /** The type of a translated stream; empty for none. */
    private String streamType = "";

    CallAttempt(PaidCall call, Target target) {
        this.call = call;
        this.target = target;
        provider = call.calls.dialects.between(call.dialect.vendor(), target.speaks());
        upstreamModel = target.terms().upstreamModel(call.asked().model());
    }

    private boolean isTranslated() {
        return provider != call.dialect;
    }

    /** @return null once the call is settled, else how this try failed; then nothing has reached the client */
    @Nullable
    Failed run() throws IOException {
        Upstream.Exchange exchange;
        ClassicHttpResponse answer;
        try {
            exchange = prepare();
        } catch (Refused refused) {
            return failed(Failed.untold(refused));
        } catch (IOException e) {
            return failed(Failed.unreachable());
        }
        try (exchange) {
            exchange.endBy(Math.min(callDeadline(), startNanos + call.calls.options.firstByteNanos()));
            try {
                answer = call.calls.upstream.send(exchange);
            } catch (IOException e) {
                log.debug("{} did not reach {}", call.id, target, e);
                return failed(exchange.hasTimedOut() || isTimeout(e) ? Failed.hung() : Failed.unreachable());
            }
            call.calls.metrics.upstream.record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
            exchange.endBy(callDeadline());
            Ending ending = new Ending(exchange, answer);
            try {
                return answered(exchange, answer, ending);
            } finally {
                ending.close();
            }
        }
    }

    private long callDeadline() {
        return call.startNanos + call.calls.options.callNanos();
    }

    /** Closes an answer: read to its end, its connection is used again; otherwise it is cut. */
    private static final class Ending {
        private final Upstream.Exchange exchange;
        private final ClassicHttpResponse answer;
        private boolean whole;

        Ending(Upstream.Exchange exchange, ClassicHttpResponse answer) {
            this.exchange = exchange;
            this.answer = answer;
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

    private Upstream.Exchange prepare() throws IOException {
        boolean demo = target.isDemo();
        String key = demo ? call.calls.demo.key() : target.key();
        return call.calls.upstream.prepare(
                demo ? call.calls.demo.baseUrl() : target.baseUrl(),
                provider.path(
                        upstreamModel, call.asked().isStream(), isTranslated() ? null : RequestLine.of(call.request)),
                isTranslated()
                        ? provider.body(
                                call.calls.media.fetched(call.conversation(), provider), upstreamModel, call.longest())
                        : call.asked().upstreamBody(upstreamModel),
                headers(key),
                call.calls.options.silenceMillis());
    }

    private Map<String, String> headers(String key) {
        Map<String, String> headers = new HashMap<>(provider.headers(key));
        if (!isTranslated())
            for (String name : Collections.list(call.request.getHeaderNames())) {
                String plain = name.toLowerCase(Locale.ROOT);
                if (!OURS.contains(plain) && provider.passesToProvider(plain))
                    headers.put(plain, String.join(", ", Collections.list(call.request.getHeaders(name))));
            }
        return headers;
    }

    private @Nullable Failed answered(Upstream.Exchange exchange, ClassicHttpResponse answer, Ending ending)
            throws IOException {
        int status = answer.getCode();
        HttpEntity entity = answer.getEntity();
        if (status < 200 || status > 299) {
            byte[] body = entity == null ? new byte[0] : readUpTo(entity.getContent(), ERROR_BYTES_MAX);
            boolean retry = call.calls.options.retriesAfter(status);
            return failed(
                    new Failed(
                            Attempt.Outcome.FAILED,
                            UpstreamErrors.read(status < 400 ? 502 : status, body, retryAfter(answer)),
                            retry),
                    status);
        }
        if (entity == null) return failed(Failed.garbage("The provider answered with nothing."), status);
        String type =
                entity.getContentType() == null ? "" : entity.getContentType().toLowerCase(Locale.ROOT);
        return type.startsWith("text/event-stream")
                ? stream(exchange, answer, entity.getContent(), ending)
                : whole(exchange, answer, entity.getContent(), ending);
    }

    private @Nullable Failed whole(
            Upstream.Exchange exchange, ClassicHttpResponse answer, InputStream in, Ending ending) throws IOException {
        byte[] body;
        try {
            body = in.readNBytes(ANSWER_BYTES_MAX + 1);
        } catch (IOException e) {
            return failed(exchange.hasTimedOut() || isTimeout(e) ? Failed.hung() : Failed.cut(), answer.getCode());
        }
        if (body.length > ANSWER_BYTES_MAX)
            return failed(Failed.garbage("The provider's answer is too large."), answer.getCode());
        ending.readToTheEnd();
        JsonNode root = tree(body);
        if (root == null || !root.isContainer())
            return failed(Failed.garbage("The provider answered with something that is no answer."), answer.getCode());
        AnswerReader reader = provider.reader();
        Failure failure = reader.failure(root);
        if (failure != null)
            return failed(
                    new Failed(Attempt.Outcome.FAILED, failure, call.calls.options.retriesAfter(failure.status())),
                    answer.getCode());
        UsageReader usage = provider.usage();
        usage.read(root);
        AnswerText text = provider.text();
        Reported reported = usage.reported();
        boolean counted = reported instanceof Reported.Counted;
        if (!counted && !reader.isAnswer(root))
            return failed(Failed.garbage("The provider answered with something that is no answer."), answer.getCode());
        if (!counted) text.read(body, 0, body.length);
        Answer read = isTranslated() ? reader.whole(root) : null;
        record(Attempt.Outcome.ANSWERED, answer.getCode());
        firstByte();
        Meters charged = call.settle(reported, text.tokens(), false, upstreamRequest(answer));
        send(answer, read == null ? body : translated(read, charged));
        return null;
    }

    /** A client that asked for a stream gets one, though the provider gave the whole answer at once. */
    private byte[] translated(Answer answer, Meters charged) {
        AnswerWriter writer = call.dialect.writer(call.asked(), call.frame());
        if (!call.asked().isStream()) return writer.whole(answer, charged);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        answer.asEvents(event -> writer.event(event, out));
        out.writeBytes(writer.end(charged));
        streamType = writer.streamType();
        return out.toByteArray();
    }

    private void send(ClassicHttpResponse answer, byte[] body) {
        head(answer, "application/json");
        call.response.setContentLength(body.length);
        try {
            call.response.getOutputStream().write(body);
        } catch (IOException e) {
            // Paid for and answered; that nobody is there to read it changes nothing.
            log.debug("{} has lost its client", call.id, e);
        }
    }

    private @Nullable Failed stream(
            Upstream.Exchange exchange, ClassicHttpResponse answer, InputStream in, Ending ending) throws IOException {
        if (isTranslated() && !call.asked().isStream())
            return failed(Failed.garbage("The provider answered with a stream nobody asked for."), answer.getCode());
        AnswerStream reader = isTranslated()
                ? new TranslatedStream(provider, call.dialect.writer(call.asked(), call.frame()))
                : new PassingStream(provider.rules(call.asked()), provider.text());
        streamType = reader.type();
        call.calls.metrics.openStreams.incrementAndGet();
        try {
            Attempt.Outcome outcome = pass(exchange, answer, in, reader, ending);
            reader.finish();
            if (reader.failure().isPresent()) outcome = Attempt.Outcome.FAILED;
            if (broughtNothing(outcome, reader)) return failedAsStream(failure(outcome, reader), answer);
            record(outcome, answer.getCode());
            Meters charged = call.settle(
                    reader.usage().reported(), reader.answer().tokens(), clientGone, upstreamRequest(answer));
            if (!clientGone)
                end(answer, outcome == Attempt.Outcome.ANSWERED ? reader.ending(charged) : errorEvent(outcome, reader));
            if (outcome == Attempt.Outcome.ANSWERED) readTail(exchange, in, ending);
            return null;
        } finally {
            call.calls.metrics.openStreams.decrementAndGet();
        }
    }

    /** Nobody pays for a failure that brought nothing. A client that left early pays for what it asked. */
    private boolean broughtNothing(Attempt.Outcome outcome, AnswerStream reader) {
        if (outcome == Attempt.Outcome.ANSWERED && reader.hasEvents()) return false;
        if (outcome == Attempt.Outcome.CANCELLED) return false;
        return reader.answer().isEmpty() && !(reader.usage().reported() instanceof Reported.Counted);
    }

    private Failed failure(Attempt.Outcome outcome, AnswerStream reader) {
        return switch (outcome) {
            case FAILED -> new Failed(outcome, reader.failure().orElseThrow(), call.calls.options.retriesAfter(500));
            case TIMED_OUT -> Failed.hung();
            case ANSWERED -> Failed.garbage("The provider's stream was empty.");
            default -> Failed.cut();
        };
    }

    private Failed failedAsStream(Failed failed, ClassicHttpResponse answer) {
        failed(failed, answer.getCode());
        if (call.firstByteNanos < 0 && !clientGone) return failed;
        // A comment or an empty first event has gone out, or nobody is there: too late for another channel.
        if (!clientGone) end(answer, call.dialect.errors().event(failed.failure(), call.id));
        return new Failed(failed.outcome(), failed.failure(), false);
    }

    private byte[] errorEvent(Attempt.Outcome outcome, AnswerStream reader) {
        Failure failure = outcome == Attempt.Outcome.FAILED
                ? reader.failure().orElseThrow()
                : Failure.own(502, "bad_response_body", "The provider's answer ended before it was complete.");
        byte[] event = call.dialect.errors().event(failure, call.id);
        // Behind a torn event it would be part of that.
        return reader.isTorn() ? ("\n\n" + new String(event, UTF_8)).getBytes(UTF_8) : event;
    }

    /** What is left is the end of the provider's answer, after which its connection is used again. */
    private void readTail(Upstream.Exchange exchange, InputStream in, Ending ending) {
        exchange.endBy(System.nanoTime() + CLOSE_NANOS);
        byte[] tail = new byte[512];
        try {
            for (int reads = 0; reads < 8 && !ending.whole; reads++) if (in.read(tail) < 0) ending.readToTheEnd();
        } catch (IOException e) {
            log.debug("{} left its connection open", target, e);
        }
    }

    /** Reads the provider's stream to its end and passes on what may go before the call is paid. */
    private Attempt.Outcome pass(
            Upstream.Exchange exchange,
            ClassicHttpResponse answer,
            InputStream in,
            AnswerStream reader,
            Ending ending) {
        long drained = 0;
        while (true) {
            byte[] buffer = reader.buffer();
            int read;
            try {
                read = in.read(buffer, reader.offset(), buffer.length - reader.offset());
            } catch (IOException e) {
                if (clientGone) return Attempt.Outcome.CANCELLED;
                return exchange.hasTimedOut() || isTimeout(e) ? Attempt.Outcome.TIMED_OUT : Attempt.Outcome.CUT;
            }
            if (read < 0) {
                ending.readToTheEnd();
                return Attempt.Outcome.ANSWERED;
            }
            reader.read(read);
            if (clientGone) {
                drained += read;
                reader.passed();
                if (drained > call.calls.options.drainBytes()) return Attempt.Outcome.CANCELLED;
            } else if (reader.passableLength() > 0) {
                passOn(answer, reader);
                if (clientGone) {
                    // Read on for the usage, but not for ever, and not beyond the call's own end.
                    exchange.endBy(Math.min(callDeadline(), System.nanoTime() + call.calls.options.drainNanos()));
                    if (call.calls.options.drainNanos() == 0) return Attempt.Outcome.CANCELLED;
                }
            }
            if (reader.isOver()) return Attempt.Outcome.ANSWERED;
        }
    }

    private void passOn(ClassicHttpResponse answer, AnswerStream reader) {
        try {
            if (call.firstByteNanos < 0) head(answer, "text/event-stream");
            OutputStream out = call.response.getOutputStream();
            out.write(reader.passable(), 0, reader.passableLength());
            out.flush();
            firstByte();
        } catch (IOException e) {
            log.debug("{} has lost its client and is read to its end", call.id, e);
            clientGone = true;
        }
        reader.passed();
    }

    private void end(ClassicHttpResponse answer, byte[] last) {
        try {
            if (call.firstByteNanos < 0) head(answer, "text/event-stream");
            OutputStream out = call.response.getOutputStream();
            out.write(last);
            // The client has all of it; it need not wait for the tail.
            out.close();
            firstByte();
        } catch (IOException e) {
            log.debug("{} has lost its client", call.id, e);
        }
    }

    private void head(ClassicHttpResponse answer, String otherwise) {
        HttpServletResponse response = call.response;
        response.setStatus(answer.getCode());
        Header type = answer.getFirstHeader("Content-Type");
        if (isTranslated()) response.setContentType(streamType.isEmpty() ? otherwise : streamType);
        else response.setContentType(type == null ? otherwise : type.getValue());
        for (Header header : answer.getHeaders()) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            if (isTranslated() ? name.equals("retry-after") : call.dialect.passesToClient(name))
                response.setHeader(header.getName(), header.getValue());
        }
        if (otherwise.startsWith("text/event-stream")) {
            response.setHeader("Cache-Control", "no-cache");
            response.setHeader("X-Accel-Buffering", "no");
        }
    }

    private void firstByte() {
        if (call.firstByteNanos >= 0) return;
        call.firstByteNanos = System.nanoTime();
        call.calls.metrics.firstByte.record(call.firstByteNanos - call.startNanos, TimeUnit.NANOSECONDS);
    }

    private void record(Attempt.Outcome outcome, int status) {
        call.attempts.add(new Attempt(
                target.channel(),
                upstreamModel,
                outcome,
                status,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos)));
    }

    private Failed failed(Failed failed) {
        return failed(failed, 0);
    }

    private Failed failed(Failed failed, int status) {
        record(failed.outcome(), status);
        return failed;
    }

    private static boolean isTimeout(IOException e) {
        return e instanceof java.net.SocketTimeoutException;
    }

    private static int retryAfter(ClassicHttpResponse answer) {
        Header header = answer.getFirstHeader("Retry-After");
        return header == null ? 0 : UpstreamErrors.retryAfter(header.getValue().strip());
    }

    private static @Nullable String upstreamRequest(ClassicHttpResponse answer) {
        Header header = answer.getFirstHeader("x-request-id");
        if (header == null) header = answer.getFirstHeader("request-id");
        String value = header == null ? null : header.getValue();
        return value == null || value.length() <= 128 ? value : value.substring(0, 128);
    }

    private static byte[] readUpTo(InputStream in, int most) {
        try {
            return in.readNBytes(most);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static @Nullable JsonNode tree(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return null;
        }
    }
}
