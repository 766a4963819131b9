package io.tollbook.relay.call;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.access.CallRefused;
import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.CallTiming;
import io.tollbook.kernel.account.HoldFunds;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.QuarantinedUsage;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.ReleaseHold;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.limit.LimitReached;
import io.tollbook.kernel.token.Admission;
import io.tollbook.relay.admission.Admitted;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.dialect.AnswerFrame;
import io.tollbook.relay.dialect.ClientRequest;
import io.tollbook.relay.dialect.Dialect;
import io.tollbook.relay.dialect.RequestLine;
import io.tollbook.relay.routing.GroupChoice;
import io.tollbook.relay.routing.Target;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call: admitted, routed, held, relayed, settled.
 *
 * <p>Promise: nothing is sent upstream before the hold is durable, no last byte leaves before the settlement is, and a hold
 * that was made is settled or released exactly once, whatever happens in between. What a crash leaves open the sweeper ends.
 *
 * @see "adr/0003"
 */
final class PaidCall {
    private static final Logger log = LoggerFactory.getLogger(PaidCall.class);
    private static final String REQUEST_ID = "X-Oneapi-Request-Id";
    /** Longer than any call may take; after it the sweeper may end a hold. */
    private static final long LEASE_SECONDS = 3_600;

    final PaidCalls calls;
    /** The client's. */
    final Dialect dialect;

    private final Entrance entrance;
    final HttpServletRequest request;
    final HttpServletResponse response;
    final String id = RequestIds.next();
    final Instant startedAt = Instant.now();
    final long startNanos = System.nanoTime();
    final List<Attempt> attempts = new ArrayList<>(1);
    /** How the attempt before failed; null before the second. */
    @Nullable
    Failure lastFailure;

    final KeepAlive keepAlive = new KeepAlive(this);
    long firstByteNanos = -1;

    private @Nullable Admission admission;
    private String model = "";
    private String group = "";
    private @Nullable ClientRequest asked;
    private @Nullable Conversation conversation;
    private @Nullable CallPrices prices;
    private String heldGroup = "";
    private long pinned;
    /** Of its body and what was fetched for it, in bytes. */
    private long memory;

    private Quota heldAmount = Quota.ZERO;
    private boolean held;
    /** Null where the client gave the call no key. */
    @Nullable
    Repeatable repeatable;

    PaidCall(
            PaidCalls calls,
            Dialect dialect,
            Entrance entrance,
            HttpServletRequest request,
            HttpServletResponse response) {
        this.calls = calls;
        this.dialect = dialect;
        this.entrance = entrance;
        this.request = request;
        this.response = response;
    }

    void run() throws IOException {
        nameRequest();
        try {
            Admitted entered = admit();
            byte[] read = calls.bodies.read(request);
            memory = read.length;
            Entrance.Opened opened = entrance.open(entered, request, read);
            Admitted admitted = opened.admitted();
            byte[] body = opened.body();
            admission = admitted.admission();
            group = admission.group();
            // One moment chooses the version and is the clock of its expression; a slow body may end after midnight.
            Instant moment = Instant.now();
            prepare(
                    admitted,
                    dialect.read(RequestLine.of(request), body),
                    new CallCircumstances(request, body, moment));
            CallRoute route = new CallRoute(this, admitted.admission(), prices().groups(), pinned);
            claimKey(body);
            hold(route.first());
            calls.turnstile.stepAside();
            keepAlive.begin();
            Failed failed = route.go();
            if (failed != null) fail(failed.failure());
        } catch (Refused refused) {
            if (held) fail(FailureResponse.failure(refused));
            else refuse(refused);
        } catch (Repeatable.Repeated repeated) {
            repeated.writeTo(response);
        } catch (Repeatable.Taken taken) {
            write(taken.failure);
        } catch (IOException e) {
            // The client went away while sending. After the hold, input and output are handled where they happen.
            if (held) giveUp(e);
            else log.debug("{} was not sent to its end", id, e);
        } catch (RuntimeException e) {
            log.error("{} failed", id, e);
            giveUp(e);
        } finally {
            keepAlive.end();
            if (repeatable != null) repeatable.release();
            calls.bodies.done(memory);
            calls.metrics.total.record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
        }
    }

    private Admitted admit() {
        Entrance.Entered entered = entrance.enter(request);
        admission = entered.admitted().admission();
        group = admission.group();
        pinned = entered.channel();
        return entered.admitted();
    }

    private void prepare(Admitted admitted, ClientRequest read, CallCircumstances circumstances) {
        asked = read;
        model = read.model();
        admitted.checkModel(model);
        calls.models.check(model);
        Admission by = admitted.admission();
        List<String> groups = GroupChoice.serving(
                group,
                by.userGroup(),
                model,
                by.terms().crossGroupRetry(),
                calls.options.groups(),
                calls.router.table());
        prices = new CallPrices(
                calls.prices.inForce(circumstances.at()),
                read,
                by,
                groups,
                circumstances,
                calls.options.unpricedModelsAreFree());
        serveIn(groups.getFirst());
    }

    /** From now on it is one of this group's calls, which may have other prices. */
    void serveIn(String serving) {
        group = serving;
        prices().serveIn(serving);
    }

    private void claimKey(byte[] body) throws Repeatable.Taken, Repeatable.Repeated {
        if (request.getHeader(Repeatable.HEADER) != null)
            repeatable = Repeatable.claim(
                    calls.answers,
                    Objects.requireNonNull(admission),
                    request,
                    body,
                    id,
                    startedAt.plusSeconds(LEASE_SECONDS));
    }

    /** Keeps a whole answer, before its last byte leaves, for whoever asks again under its key. */
    void keep(int status, String type) {
        if (repeatable != null) repeatable.keep(status, type);
    }

    /** Holds what the call may cost by an estimate; where funds are too scarce for that, the prompt is counted. */
    private void hold(Target target) {
        if (price().isFree) {
            hold(target, Quota.ZERO, false);
            return;
        }
        long elsewhere = asked().promptTokensElsewhere();
        try {
            hold(target, prices().worstCase(asked().promptTokensEstimated() + elsewhere), true);
        } catch (Refused refused) {
            if (refused.refusal() != Refusal.INSUFFICIENT_QUOTA
                    && refused.refusal() != Refusal.TOKEN_QUOTA_INSUFFICIENT) throw refused;
            hold(target, prices().worstCase(asked().promptTokensCounted() + elsewhere), false);
        }
    }

    private void hold(Target target, Quota worstCase, boolean estimated) {
        Admission payer = Objects.requireNonNull(admission);
        CompletableFuture<Void> durable = calls.ledger.hold(new HoldFunds(
                payer.account(),
                new HoldId(id),
                payer.user(),
                payer.token(),
                model,
                group,
                price().version.version(),
                target.channel(),
                worstCase,
                estimated,
                calls.node.value(),
                startedAt,
                startedAt.plusSeconds(LEASE_SECONDS),
                calls.options.callLimits(payer.group(), model)));
        HoldWait wait = new HoldWait(durable, System.nanoTime() + calls.holdWaitNanos);
        calls.deadlines.begin(wait);
        try {
            wait.join();
            held = true;
            heldGroup = group;
            heldAmount = worstCase;
        } catch (CompletionException e) {
            if (e.getCause() instanceof Refused refused) throw refused;
            if (!(e.getCause() instanceof TimeoutException)) throw new IllegalStateException(e.getCause());
            releaseOnceDurable(durable);
            throw new Refused(Refusal.LEDGER_UNAVAILABLE);
        } finally {
            calls.deadlines.end(wait);
        }
    }

    /** Nobody waits for this hold any more; if it becomes durable all the same it is given back. */
    private void releaseOnceDurable(CompletableFuture<Void> durable) {
        ReleaseHold release = release(ReleaseCause.NOT_SENT, "query_data_error", 503);
        durable.thenRun(() -> calls.ledger.release(release));
    }

    ClientRequest asked() {
        return Objects.requireNonNull(asked);
    }

    /**
     * The request as any dialect can say it, with all in it that this provider does not fetch itself. Read once, and fetched
     * once, however many channels are tried.
     *
     * @throws Refused INVALID, naming the field, or saying what could not be fetched
     */
    Conversation conversationFor(Dialect provider) {
        if (conversation == null) conversation = asked().conversation();
        conversation = calls.media.fetched(conversation, provider, this::takeMemory);
        return conversation;
    }

    private void takeMemory(long bytes) {
        calls.bodies.reserve(bytes);
        memory += bytes;
    }

    private CallPrices prices() {
        return Objects.requireNonNull(prices);
    }

    CallPrice price() {
        return prices().now();
    }

    AnswerFrame frame() {
        return new AnswerFrame(id, model, startedAt.getEpochSecond());
    }

    /**
     * Charges the call and returns, when that is durable, what it was charged for.
     *
     * @param upstreamRequest the provider's id of the request; null if it gave none
     */
    Meters settle(CallPrice.Charged charged, @Nullable String upstreamRequest) {
        QuarantinedUsage quarantined = charged.quarantined();
        Quota charge = charged.charge();
        if (quarantined != null) {
            calls.metrics.quarantined(quarantined.fault());
            charge = calls.options.impossibleUsage().charge(charge, heldAmount);
        }
        CallTiming timing = timing();
        calls.metrics.channels.answered(attempts.getLast().channel(), timing, charged.meters());
        finish(calls.ledger.settle(new SettleUsage(
                Objects.requireNonNull(admission).account(),
                new HoldId(id),
                charged.meters(),
                charged.provenance(),
                charge,
                attempts,
                timing,
                upstreamRequest,
                quarantined,
                group.equals(heldGroup) ? null : group)));
        return charged.meters();
    }

    private CallTiming timing() {
        return new CallTiming(
                startedAt,
                firstByteNanos < 0 ? -1 : TimeUnit.NANOSECONDS.toMillis(firstByteNanos - startNanos),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos),
                asked().isStream());
    }

    private void finish(CompletableFuture<Void> ending) {
        held = false;
        try {
            ending.join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof Refused)) throw e;
            // The lease had ended and the sweeper was faster; the call is listed as unresolved.
            log.warn("{} was ended by somebody else: {}", id, e.getCause().getMessage());
        }
    }

    private ReleaseHold release(ReleaseCause cause, String code, int status) {
        return new ReleaseHold(
                Objects.requireNonNull(admission).account(),
                new HoldId(id),
                cause,
                code,
                status,
                attempts,
                Instant.now());
    }

    /** Gives the hold back and tells the client what went wrong upstream. */
    private void fail(Failure failure) throws IOException {
        String code = failure.code() == null ? failure.type() : failure.code();
        finish(calls.ledger.release(release(ReleaseCause.UPSTREAM_FAILED, code, failure.status())));
        write(failure);
    }

    private void giveUp(Exception fault) throws IOException {
        if (held) finish(calls.ledger.release(release(ReleaseCause.UPSTREAM_FAILED, "internal_error", 500)));
        write(Failure.own(500, "internal_error", "Something went wrong on our side."));
        log.debug("{} was given up", id, fault);
    }

    /** The provider's own name for it takes the place of the second where that passes. */
    private void nameRequest() {
        response.setHeader(REQUEST_ID, id);
        String header = dialect.requestIdHeader();
        if (header != null) response.setHeader(header, id);
    }

    void refuse(Refused refused) throws IOException {
        nameRequest();
        Failure failure = FailureResponse.failure(refused);
        calls.metrics.refused(refused.refusal());
        calls.refusals.record(new CallRefused(
                id,
                admission == null ? 0 : admission.user().value(),
                admission == null ? 0 : admission.token().value(),
                model.length() > 255 ? model.substring(0, 255) : model,
                group,
                refused.refusal(),
                dialect.errors().status(failure),
                1,
                startedAt));
        if (refused instanceof LimitReached reached) dialect.errors().tell(reached, response::setHeader);
        write(failure);
    }

    private void write(Failure failure) throws IOException {
        FailureResponse.write(this, failure);
    }
}
