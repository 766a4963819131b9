package io.tollbook.command.account;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AbandonedHolds;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AccountsWithExpiredLots;
import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.ExpireAdjustment;
import io.tollbook.kernel.account.ExpireLots;
import io.tollbook.kernel.account.Ledger;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.OpenHold;
import io.tollbook.kernel.account.OverdueAdjustments;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.ReleaseHold;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what nobody else will: releases the holds of dead processes and of ended leases, listed as unresolved, and takes
 * out expired lots and requests. The account decides, so a hold that was settled meanwhile is left alone.
 */
public final class Sweeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    private final Messages messages;
    private final Ledger ledger;
    private final Nodes nodes;
    private final Clock clock;
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("sweeper").daemon().factory());

    public Sweeper(Messages messages, Ledger ledger, Nodes nodes, Clock clock) {
        this.messages = messages;
        this.ledger = ledger;
        this.nodes = nodes;
        this.clock = clock;
    }

    public void start() {
        schedule.scheduleWithFixedDelay(nodes::beat, 2, 2, TimeUnit.SECONDS);
        schedule.scheduleWithFixedDelay(() -> safely(this::releaseAbandonedHolds), 0, 1, TimeUnit.SECONDS);
        schedule.scheduleWithFixedDelay(() -> safely(this::expireLots), 10, 30, TimeUnit.SECONDS);
        schedule.scheduleWithFixedDelay(() -> safely(this::expireAdjustments), 20, 60, TimeUnit.SECONDS);
    }

    private static void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            // The database may be away; the next round tries again.
            log.debug("sweeping failed", e);
        }
    }

    /** @return how many holds were released */
    public int releaseAbandonedHolds() {
        Instant now = clock.instant();
        List<OpenHold> abandoned = messages.ask(new AbandonedHolds(now, nodes.living()), Actor.SYSTEM);
        int released = 0;
        for (OpenHold hold : abandoned) {
            try {
                ledger.release(new ReleaseHold(
                                hold.account(),
                                hold.hold(),
                                ReleaseCause.LEASE_ENDED,
                                "unresolved",
                                0,
                                List.of(new Attempt(hold.channel(), hold.model(), Attempt.Outcome.UNKNOWN, 0, 0)),
                                now))
                        .join();
                released++;
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof Refused)) throw e;
                // Settled or released since the read model was asked.
            }
        }
        if (released > 0) log.info("Released {} holds that nobody would have ended", released);
        return released;
    }

    private void expireLots() {
        Instant now = clock.instant();
        for (AccountId account : messages.ask(new AccountsWithExpiredLots(now), Actor.SYSTEM))
            messages.send(new ExpireLots(account, now), Actor.SYSTEM);
    }

    /** Ends changes of quota that nobody has decided about in time. */
    public void expireAdjustments() {
        Instant now = clock.instant();
        for (LotId adjustment : messages.ask(new OverdueAdjustments(now), Actor.SYSTEM))
            messages.send(new ExpireAdjustment(adjustment, now), Actor.SYSTEM);
    }

    @Override
    public void close() {
        schedule.shutdownNow();
    }
}
