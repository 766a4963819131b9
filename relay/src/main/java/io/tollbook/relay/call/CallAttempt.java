package io.tollbook.relay.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.AttemptCost;
import io.tollbook.kernel.account.Conversion;
import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.conversation.Answer;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.dialect.AnswerReader;
import io.tollbook.relay.dialect.AnswerWriter;
import io.tollbook.relay.dialect.Dialect;
import io.tollbook.relay.dialect.UpstreamErrors;
import io.tollbook.relay.health.Fault;
import io.tollbook.relay.metering.AnswerText;
import io.tollbook.relay.metering.Reported;
import io.tollbook.relay.routing.Target;
import io.tollbook.relay.selection.Choice;
import io.tollbook.relay.shaping.ThinkingAsText;
import io.tollbook.relay.stream.AnswerStream;
import io.tollbook.relay.stream.PassingStream;
import io.tollbook.relay.stream.TranslatedStream;
import io.tollbook.relay.upstream.Upstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.JsonNodeException;

/** One try of a call at one channel. Settles the call itself once the provider has answered with success. */
final class CallAttempt {
    private static final Logger log = LoggerFactory.getLogger(CallAttempt.class);
    private static final int ANSWER_BYTES_MAX = 64 * 1024 * 1024;
    private static final int ERROR_BYTES_MAX = 64 * 1024;
    /** What a provider may take to end an answer that it has said to be done. */
    private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final PaidCall call;
    private final Choice choice;
    private final Runnable answered;
    private final Target target;
    /** The provider's. */
    private final Dialect provider;

    private final String upstreamModel;
    private final long startNanos = System.nanoTime();

    private final UpstreamCost cost;

    private Fault fault = Fault.REQUEST;

    /** @param answered is told when the provider has answered, before the client has all of that */
    CallAttempt(PaidCall call, Choice choice, Runnable answered) {
        this.call = call;
        this.choice = choice;
        this.answered = answered;
        target = choice.target();
        upstreamModel = target.terms().upstreamModel(call.asked().model());
        provider = call.dialect.towards(target.speaks(upstreamModel), call.calls.dialects);
        cost = new UpstreamCost(call, target, upstreamModel);
    }

    /** Whether the provider speaks another dialect than the client. */
    private boolean isTranslated() {
        return !provider.passes(call.dialect);
    }

    private boolean isRewritten() {
        return isTranslated() || provider.isConversation() && target.shape().rewritesAnswers();
    }

    private AnswerWriter writer() {
        AnswerWriter writer = call.dialect.writer(call.asked(), call.frame());
        return target.shape().showsThinking() ? new ThinkingAsText(writer) : writer;
    }

    /** @return null once the call is settled, else how this try failed; then nothing has reached the client */
    @Nullable
    Failed run() throws IOException {
        int before = call.attempts.size();
        Failed failed = null;
        try {
            failed = tryOnce();
            return failed;
        } finally {
            Attempt last = call.attempts.size() > before ? call.attempts.getLast() : null;
            if (last != null) call.calls.metrics.channels.attempted(last);
            fault = choice.end(
                    last == null ? Attempt.Outcome.CANCELLED : last.outcome(),
                    last == null ? 0 : last.status(),
                    failed == null ? null : failed.failure());
        }
    }

    /** Whose fault it was, once it has run. */
    Fault fault() {
        return fault;
    }

    private @Nullable Failed tryOnce() throws IOException {
        Upstream.Exchange exchange;
        ClassicHttpResponse answer;
        try {
            exchange = new ProviderRequest(call, choice, provider, upstreamModel).prepare();
        } catch (Refused refused) {
            return failed(Failed.untold(refused));
        } catch (IOException e) {
            return failed(Failed.unreachable(), 0, AttemptCost.NOT_SENT);
        }
        try (exchange) {
            exchange.endBy(Math.min(callDeadline(), startNanos + call.calls.options.firstByteNanos()));
            try {
                answer = call.calls.upstream.send(exchange);
            } catch (IOException e) {
                log.debug("{} did not reach {}", call.id, target, e);
                Failed silent = exchange.hasTimedOut() || isTimeout(e) ? Failed.hung() : Failed.unreachable();
                return failed(silent, 0, cost.ofSilence(silent.outcome(), e));
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

    private @Nullable Failed answered(Upstream.Exchange exchange, ClassicHttpResponse answer, Ending ending)
            throws IOException {
        int status = answer.getCode();
        if (status >= 200 && status <= 299) choice.answered();
        HttpEntity entity = answer.getEntity();
        if (status < 200 || status > 299) {
            byte[] body = entity == null ? new byte[0] : ProviderAnswer.upTo(entity.getContent(), ERROR_BYTES_MAX);
            boolean retry = call.calls.options.retriesAfter(status);
            return failed(
                    new Failed(
                            Attempt.Outcome.FAILED,
                            UpstreamErrors.read(status < 400 ? 502 : status, body, ProviderAnswer.retryAfter(answer))
                                    .as(target.shape().shownStatus(status)),
                            retry),
                    status,
                    UpstreamCost.reported(provider, ProviderAnswer.tree(body)));
        }
        if (entity == null) return failed(Failed.garbage("The provider answered with nothing."), status);
        ClientResponse client = new ClientResponse(call, answer, isRewritten());
        String type =
                entity.getContentType() == null ? "" : entity.getContentType().toLowerCase(Locale.ROOT);
        return type.startsWith("text/event-stream")
                ? stream(exchange, answer, client, ending)
                : whole(exchange, answer, client, ending);
    }

    private @Nullable Failed whole(
            Upstream.Exchange exchange, ClassicHttpResponse answer, ClientResponse client, Ending ending)
            throws IOException {
        byte[] body;
        try {
            body = answer.getEntity().getContent().readNBytes(ANSWER_BYTES_MAX + 1);
        } catch (IOException e) {
            return failed(exchange.hasTimedOut() || isTimeout(e) ? Failed.hung() : Failed.cut(), answer.getCode());
        }
        if (body.length > ANSWER_BYTES_MAX)
            return failed(Failed.garbage("The provider's answer is too large."), answer.getCode());
        ending.readToTheEnd();
        JsonNode root = ProviderAnswer.tree(body);
        if (root == null || !root.isContainer())
            return failed(Failed.garbage("The provider answered with something that is no answer."), answer.getCode());
        AnswerReader reader = provider.reader();
        Reported reported = UpstreamCost.reported(provider, root);
        Failure failure = reader.failure(root);
        if (failure == null && isTranslated()) failure = reader.unanswered(root);
        if (failure != null)
            return failed(
                    new Failed(Attempt.Outcome.FAILED, failure, call.calls.options.retriesAfter(failure.status())),
                    answer.getCode(),
                    reported);
        AnswerText text = provider.text();
        boolean counted = reported instanceof Reported.Counted;
        if (!counted && !reader.isAnswer(root))
            return failed(Failed.garbage("The provider answered with something that is no answer."), answer.getCode());
        if (!counted) text.read(body, 0, body.length);
        call.keepAlive.end();
        // A client that was told to wait for its stream cannot be given anything else.
        boolean begun = call.keepAlive.hasBegun() && provider.isConversation();
        if (begun) client.rewrite();
        Answer read;
        try {
            read = begun || isRewritten() ? reader.whole(root) : null;
        } catch (Refused | JsonNodeException e) {
            // A field of another kind than its vendor gives it: no fault of the client's.
            return failed(Failed.garbage("The provider answered with something that is no answer."), answer.getCode());
        }
        CallPrice.Charged due = call.price().charged(reported, text.tokens(), false);
        record(Attempt.Outcome.ANSWERED, answer.getCode(), cost.of(due));
        client.firstByte();
        Meters charged = call.settle(due, ProviderAnswer.requestId(answer));
        if (read == null) client.whole(provider.passedBack(call.asked(), body, root, charged), "application/json");
        else translated(client, read, charged);
        return null;
    }

    /** A client that asked for a stream gets one, though the provider gave the whole answer at once. */
    private void translated(ClientResponse client, Answer answer, Meters charged) {
        AnswerWriter writer = writer();
        if (!call.asked().isStream()) {
            client.whole(writer.whole(answer, charged), "application/json");
            return;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        answer.asEvents(event -> writer.event(event, out));
        out.writeBytes(writer.end(charged));
        client.whole(out.toByteArray(), writer.streamType());
    }

    private @Nullable Failed stream(
            Upstream.Exchange exchange, ClassicHttpResponse answer, ClientResponse client, Ending ending)
            throws IOException {
        if (isRewritten() && !call.asked().isStream())
            return failed(Failed.garbage("The provider answered with a stream nobody asked for."), answer.getCode());
        AnswerStream reader = isRewritten()
                ? new TranslatedStream(provider, writer(), call.calls.longEvents)
                : new PassingStream(provider.rules(call.asked()), provider.text(), call.calls.longEvents);
        call.calls.metrics.openStreams.incrementAndGet();
        try {
            InputStream in = answer.getEntity().getContent();
            Attempt.Outcome outcome = pass(exchange, client, in, reader, ending);
            reader.finish();
            if (outcome == Attempt.Outcome.ANSWERED && reader.failure().isPresent()) outcome = Attempt.Outcome.FAILED;
            if (broughtNothing(outcome, reader))
                return failedAsStream(failure(outcome, reader), answer, client, reader);
            CallPrice.Charged due = call.price()
                    .charged(reader.usage().reported(), reader.answer().tokens(), client.isGone());
            record(outcome, answer.getCode(), cost.of(due));
            Meters charged = call.settle(due, ProviderAnswer.requestId(answer));
            if (outcome == Attempt.Outcome.ANSWERED) client.end(reader.ending(charged), reader.type());
            else client.breakOff(errorEvent(outcome, reader), reader.type());
            if (outcome == Attempt.Outcome.ANSWERED) readTail(exchange, in, ending);
            return null;
        } finally {
            reader.close();
            call.calls.metrics.openStreams.decrementAndGet();
        }
    }

    /** Nobody pays for a failure that brought nothing. A client that left early pays for what it asked. */
    private boolean broughtNothing(Attempt.Outcome outcome, AnswerStream reader) {
        if (outcome == Attempt.Outcome.ANSWERED && reader.hasEvents()) return false;
        if (outcome == Attempt.Outcome.CANCELLED) return false;
        // A provider that counts a prompt and refuses it in the same breath has sold nothing.
        if (outcome == Attempt.Outcome.FAILED
                && call.firstByteNanos < 0
                && reader.answer().isEmpty()) return true;
        return reader.answer().isEmpty() && !tellsOfAnAnswer(reader.usage().reported());
    }

    /** A prompt that was counted is no answer. */
    private static boolean tellsOfAnAnswer(Reported reported) {
        return reported instanceof Reported.Counted counted && counted.meters().completionTokens() > 0;
    }

    private Failed failure(Attempt.Outcome outcome, AnswerStream reader) {
        return switch (outcome) {
            case FAILED -> {
                Failure why = reader.failure().orElseThrow();
                yield new Failed(outcome, why, call.calls.options.retriesAfter(why.status()));
            }
            case TIMED_OUT -> Failed.hung();
            case ANSWERED -> Failed.garbage("The provider's stream was empty.");
            default -> Failed.cut();
        };
    }

    private Failed failedAsStream(
            Failed failed, ClassicHttpResponse answer, ClientResponse client, AnswerStream reader) {
        failed(
                failed,
                answer.getCode(),
                cost.ofFailure(
                        failed.outcome(),
                        reader.usage().reported(),
                        reader.answer().tokens()));
        if (!client.hasBegun() && !client.isGone()) return failed;
        // A comment or an empty first event has gone out, or nobody is there: too late for another channel.
        client.breakOff(brokenOff(reader, failed.failure()), reader.type());
        return new Failed(failed.outcome(), failed.failure(), false);
    }

    private byte[] brokenOff(AnswerStream reader, Failure why) {
        byte[] end = reader.errorEvent(why, call.id);
        return end == null ? call.dialect.broken(call.asked(), why, call.id) : end;
    }

    private byte[] errorEvent(Attempt.Outcome outcome, AnswerStream reader) {
        Failure failure = outcome == Attempt.Outcome.FAILED
                ? reader.failure().orElseThrow()
                : Failure.own(502, "bad_response_body", "The provider's answer ended before it was complete.");
        byte[] event = brokenOff(reader, failure);
        // Behind a torn event it would be part of that.
        return reader.isTorn() ? ("\n\n" + new String(event, UTF_8)).getBytes(UTF_8) : event;
    }

    /** What is left is the end of the provider's answer, after which its connection is used again. */
    private void readTail(Upstream.Exchange exchange, InputStream in, Ending ending) {
        exchange.endBy(System.nanoTime() + CLOSE_NANOS);
        byte[] tail = new byte[512];
        try {
            for (int reads = 0; reads < 8 && !ending.isWhole(); reads++) if (in.read(tail) < 0) ending.readToTheEnd();
        } catch (IOException e) {
            log.debug("{} left its connection open", target, e);
        }
    }

    /** Reads the provider's stream to its end and passes on what may go before the call is paid. */
    private Attempt.Outcome pass(
            Upstream.Exchange exchange, ClientResponse client, InputStream in, AnswerStream reader, Ending ending) {
        long drained = 0;
        boolean draining = false;
        long drainNanos = call.calls.options.drainNanos();
        while (true) {
            byte[] buffer = reader.buffer();
            int read;
            try {
                read = in.read(buffer, reader.offset(), buffer.length - reader.offset());
            } catch (IOException e) {
                if (client.isGone()) return Attempt.Outcome.CANCELLED;
                return exchange.hasTimedOut() || isTimeout(e) ? Attempt.Outcome.TIMED_OUT : Attempt.Outcome.CUT;
            }
            if (read < 0) {
                ending.readToTheEnd();
                return Attempt.Outcome.ANSWERED;
            }
            reader.read(read);
            if (reader.hasEvents() && reader.failure().isEmpty()) choice.works();
            if (reader.passableLength() > 0)
                client.pass(reader.passable(), reader.passableLength(), reader.type(), reader.isTorn());
            reader.passed();
            if (client.isGone() && call.repeatable == null) {
                drained += read;
                // Read on for the usage, but not for ever, and not beyond the call's own end.
                if (!draining) exchange.endBy(Math.min(callDeadline(), System.nanoTime() + drainNanos));
                draining = true;
                if (drainNanos == 0 || drained > call.calls.options.drainBytes()) return Attempt.Outcome.CANCELLED;
            }
            if (reader.isOver()) return Attempt.Outcome.ANSWERED;
        }
    }

    private void record(Attempt.Outcome outcome, int status, @Nullable AttemptCost booked) {
        if (outcome == Attempt.Outcome.ANSWERED) answered.run();
        call.attempts.add(new Attempt(
                target.channel(),
                upstreamModel,
                outcome,
                status,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos),
                isTranslated()
                        ? new Conversion(
                                call.dialect.vendor().booked(),
                                provider.vendor().booked())
                        : null,
                booked));
    }

    private Failed failed(Failed failed) {
        return failed(failed, 0);
    }

    private Failed failed(Failed failed, int status) {
        return failed(failed, status, UpstreamCost.NOTHING);
    }

    private Failed failed(Failed failed, int status, Reported reported) {
        return failed(failed, status, cost.ofFailure(failed.outcome(), reported, 0));
    }

    private Failed failed(Failed failed, int status, @Nullable AttemptCost booked) {
        record(failed.outcome(), status, booked);
        return failed;
    }

    private static boolean isTimeout(IOException e) {
        return e instanceof java.net.SocketTimeoutException;
    }
}
