package io.tollbook.relay.call;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.access.Refusals;
import io.tollbook.kernel.account.Ledger;
import io.tollbook.kernel.account.NodeName;
import io.tollbook.kernel.idempotency.IdempotentAnswers;
import io.tollbook.relay.admission.Admissions;
import io.tollbook.relay.admission.SessionAdmissions;
import io.tollbook.relay.affinity.Affinities;
import io.tollbook.relay.dialect.Dialect;
import io.tollbook.relay.dialect.Dialects;
import io.tollbook.relay.directory.BuyPrices;
import io.tollbook.relay.directory.Models;
import io.tollbook.relay.directory.Prices;
import io.tollbook.relay.directory.SiteOptions;
import io.tollbook.relay.fetch.MediaFetcher;
import io.tollbook.relay.selection.Router;
import io.tollbook.relay.stream.LongEvents;
import io.tollbook.relay.upstream.Deadlines;
import io.tollbook.relay.upstream.DemoProvider;
import io.tollbook.relay.upstream.Upstream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Runs calls, so many at once and no more. */
@Component
public final class PaidCalls {
    final Admissions admissions;
    private final Entrance byKey;
    private final Entrance bySession;
    final SiteOptions options;
    final Prices prices;
    final BuyPrices buyPrices;
    final Router router;
    final Affinities affinities;
    final Models models;
    final Ledger ledger;
    final NodeName node;
    final Refusals refusals;
    final RequestBody bodies;
    final Upstream upstream;
    final Deadlines deadlines;
    final DemoProvider demo;
    final Dialects dialects;
    final MediaFetcher media;
    final IdempotentAnswers answers;
    final LongEvents longEvents;
    final RelayMetrics metrics;
    /** How long a caller waits for a durable hold before being told to come again. */
    final long holdWaitNanos;

    final Turnstile turnstile;

    private final int openMax;

    PaidCalls(
            Admissions admissions,
            SessionAdmissions sessions,
            SiteOptions options,
            Prices prices,
            BuyPrices buyPrices,
            Router router,
            Affinities affinities,
            Models models,
            Ledger ledger,
            NodeName node,
            Refusals refusals,
            RequestBody bodies,
            Upstream upstream,
            Deadlines deadlines,
            DemoProvider demo,
            Dialects dialects,
            MediaFetcher media,
            IdempotentAnswers answers,
            LongEvents longEvents,
            RelayMetrics metrics,
            @Value("${TOLLBOOK_HOLD_WAIT:5s}") Duration holdWait,
            OpenCalls open,
            Turnstile turnstile) {
        this.admissions = admissions;
        byKey = new KeyEntrance(admissions);
        bySession = new SessionEntrance(sessions);
        this.options = options;
        this.prices = prices;
        this.buyPrices = buyPrices;
        this.router = router;
        this.affinities = affinities;
        this.models = models;
        this.ledger = ledger;
        this.node = node;
        this.refusals = refusals;
        this.bodies = bodies;
        this.upstream = upstream;
        this.deadlines = deadlines;
        this.demo = demo;
        this.dialects = dialects;
        this.media = media;
        this.answers = answers;
        this.longEvents = longEvents;
        this.metrics = metrics;
        holdWaitNanos = holdWait.toNanos();
        openMax = open.most();
        this.turnstile = turnstile;
    }

    /**
     * A call that shows a key.
     *
     * @param dialect the client's
     */
    public void handle(Dialect dialect, HttpServletRequest request, HttpServletResponse response) throws IOException {
        handle(new PaidCall(this, dialect, byKey, request, response));
    }

    /** A call of a signed-in user, from one of the site's own pages. */
    public void handleOfSession(Dialect dialect, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        handle(new PaidCall(this, dialect, bySession, request, response));
    }

    private void handle(PaidCall call) throws IOException {
        if (metrics.openRequests.incrementAndGet() > openMax || turnstile.isCrowded()) {
            metrics.openRequests.decrementAndGet();
            call.refuse(new Refused(Refusal.OVERLOADED));
            return;
        }
        try {
            call.run();
        } finally {
            metrics.openRequests.decrementAndGet();
        }
    }
}
