package io.tollbook.query.readmodel;

import io.tollbook.kernel.DirectoryChange.Kind;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.replay.Progress;
import io.tollbook.kernel.replay.Progress.State;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Builds read models again while they answer: the new one grows in a {@link Shadow}, catches up with the old one, and
 * takes its place and its position in one transaction. The old one stands still for the last few events only.
 */
final class Rebuilds {
    private static final Logger log = LoggerFactory.getLogger(Rebuilds.class);
    private static final int SEGMENT = 0;
    /** So few events are left for the time in which the processor stands still. */
    private static final long NEAR = 2_000;

    private static final String LOCK_TIMEOUT = "55P03";
    private static final int CATCH_UPS_MAX = 20;
    private static final int SWITCHES_MAX = 60;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Shadows shadows;
    private final AxonReadModels.Processors processors;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final JdbcTemplate views;
    private final LongSupplier head;
    private final Map<String, Rebuild> latest = new ConcurrentHashMap<>();

    private static final class Rebuild {
        final Shadow shadow;
        volatile State state = State.READING;
        volatile @Nullable Progress end;

        Rebuild(Shadow shadow) {
            this.shadow = shadow;
        }

        Progress progress() {
            Progress ended = end;
            return ended == null ? shadow.progress(state) : ended;
        }

        void end(State how, String error) {
            Progress last = shadow.progress(how);
            end = new Progress(last.readModel(), how, last.done(), last.all(), last.perSecond(), error);
        }
    }

    Rebuilds(
            Shadows shadows,
            AxonReadModels.Processors processors,
            TokenStore tokens,
            TransactionManager transactions,
            DataSource views,
            LongSupplier head) {
        this.shadows = shadows;
        this.processors = processors;
        this.tokens = tokens;
        this.transactions = transactions;
        this.views = new JdbcTemplate(views);
        this.head = head;
    }

    /**
     * Two at once would only share the disk, and each needs its room twice.
     *
     * @throws Refused NOT_FOUND, or INVALID while one is being rebuilt, this one is replayed, or another node keeps it
     */
    synchronized void begin(String name) {
        Shadows.checkName(name);
        latest.forEach((other, rebuild) -> {
            if (rebuild.end == null)
                throw Refused.invalid("The read model " + other
                        + " is being rebuilt already, and one is rebuilt at a time. Wait for it or cancel it.");
        });
        checkClaim(name);
        Rebuild rebuild = new Rebuild(shadows.open(name));
        latest.put(name, rebuild);
        log.info("Rebuilding the read model {}", name);
        Thread.ofPlatform().name("rebuild-" + name).daemon().start(() -> run(name, rebuild));
    }

    /** Only the node whose processor fills it can put another in its place: better said now than after the work. */
    private void checkClaim(String name) {
        Transaction asking = transactions.startTransaction();
        try {
            tokens.fetchToken(name, SEGMENT);
        } catch (UnableToClaimTokenException e) {
            throw Refused.invalid(
                    "Another node fills the read model " + name + ". Rebuild it there, or stop that node first.");
        } finally {
            asking.rollback();
        }
    }

    void cancel(String name) {
        Rebuild rebuild = latest.get(name);
        if (rebuild == null || !rebuild.progress().isUnderWay())
            throw Refused.invalid("The read model " + name + " is not being rebuilt.");
        rebuild.shadow.cancel();
    }

    void cancelAll() {
        latest.values().forEach(rebuild -> rebuild.shadow.cancel());
    }

    Map<String, Progress> progress() {
        Map<String, Progress> all = new TreeMap<>();
        latest.forEach((name, rebuild) -> all.put(name, rebuild.progress()));
        return all;
    }

    /** Whether the processor stands still because its read model is about to be replaced. */
    boolean isSwitching(String name) {
        Rebuild rebuild = latest.get(name);
        return rebuild != null && rebuild.state == State.SWITCHING && rebuild.end == null;
    }

    private void run(String name, Rebuild rebuild) {
        State how = State.FAILED;
        String error = "";
        try (Shadow shadow = rebuild.shadow) {
            catchUp(shadow);
            shadow.settle();
            replace(name, rebuild);
            how = State.DONE;
            log.info("The read model {} is rebuilt up to {}", name, shadow.position());
        } catch (CancellationException e) {
            if (how != State.DONE) how = State.CANCELLED;
            log.info("The rebuild of the read model {} was cancelled; it stays as it was", name);
        } catch (RuntimeException e) {
            log.error("The read model {} could not be rebuilt; it stays as it was", name, e);
            if (how != State.DONE) error = String.valueOf(e.getMessage());
        } finally {
            rebuild.end(how, error);
        }
    }

    /** Under load the head moves on, but each round is shorter than the one before. */
    private void catchUp(Shadow shadow) {
        for (int round = 0; round < CATCH_UPS_MAX; round++) {
            shadow.advance(head.getAsLong());
            if (head.getAsLong() - shadow.position() <= NEAR) return;
        }
    }

    private void replace(String name, Rebuild rebuild) {
        for (int attempt = 1; ; attempt++) {
            rebuild.shadow.checkCancelled();
            rebuild.state = State.SWITCHING;
            StreamingEventProcessor processor = processors.named(name);
            processor.shutDown();
            try {
                rebuild.shadow.advance(head.getAsLong());
                transactions.executeInTransaction(() -> takeOver(name, rebuild.shadow));
                return;
            } catch (DataAccessException e) {
                if (attempt == SWITCHES_MAX || !isLockTimeout(e)) throw e;
                log.info("Somebody reads {} for long; trying again to replace it", name);
            } finally {
                rebuild.state = State.READING;
                processor.start();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean isLockTimeout(DataAccessException e) {
        return e.getRootCause() instanceof SQLException sql && LOCK_TIMEOUT.equals(sql.getSQLState());
    }

    private void takeOver(String name, Shadow shadow) {
        // Claims it, or fails: on another node the processor may be running.
        tokens.fetchToken(name, SEGMENT);
        shadow.tables().takeOver(views);
        tokens.storeToken(shadow.reached(), name, SEGMENT);
        tokens.releaseClaim(name, SEGMENT);
        if (name.equals(ReadModelNames.DIRECTORY))
            views.query("select pg_notify(?, ?)", row -> {}, PostgresDirectoryChanges.CHANNEL, Kind.ALL + ":0");
    }
}
