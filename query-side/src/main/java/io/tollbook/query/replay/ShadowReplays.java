package io.tollbook.query.replay;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.replay.Progress;
import io.tollbook.kernel.replay.Progress.State;
import io.tollbook.kernel.replay.RecordReplay;
import io.tollbook.kernel.replay.ReplayDifference;
import io.tollbook.kernel.replay.ReplayDifferences;
import io.tollbook.kernel.replay.ReplayResult;
import io.tollbook.kernel.replay.ReplayRun;
import io.tollbook.kernel.replay.Replays;
import io.tollbook.kernel.user.Role;
import io.tollbook.query.readmodel.Json;
import io.tollbook.query.readmodel.Shadow;
import io.tollbook.query.readmodel.Shadows;
import io.tollbook.query.readmodel.StoredEvents;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * {@link Replays} in shadows. A live table and its position are read in one snapshot, then the shadow goes on to exactly
 * that position; so nothing has to stand still, and what is compared is of one moment.
 */
@Component
final class ShadowReplays implements Replays {
    private static final Logger log = LoggerFactory.getLogger(ShadowReplays.class);

    private final Shadows shadows;
    private final DataSource views;
    private final DSLContext database;
    private final Messages messages;
    private @Nullable Run latest;

    /** One run, from its start on. */
    private static final class Run {
        final String id = UUID.randomUUID().toString();
        final List<String> readModels;
        final @Nullable Long upTo;
        final Actor by;
        final Instant startedAt = Instant.now();
        volatile State state = State.READING;
        volatile @Nullable Shadow shadow;
        volatile @Nullable Progress end;
        volatile boolean cancelled;

        Run(List<String> readModels, @Nullable Long upTo, Actor by) {
            this.readModels = readModels;
            this.upTo = upTo;
            this.by = by;
        }

        Progress progress() {
            Progress ended = end;
            if (ended != null) return ended;
            Shadow present = shadow;
            return present == null
                    ? new Progress(readModels.getFirst(), state, 0, upTo == null ? 1 : upTo, 0, "")
                    : present.progress(state);
        }

        void checkCancelled() {
            if (cancelled) throw new CancellationException();
        }
    }

    ShadowReplays(Shadows shadows, DataSource views, DSLContext database, Messages messages) {
        this.shadows = shadows;
        this.views = views;
        this.database = database;
        this.messages = messages;
    }

    @Override
    public List<String> readModels() {
        return shadows.readModels();
    }

    @Override
    public long positionBefore(Instant moment) {
        return StoredEvents.lastBefore(database, moment);
    }

    @Override
    public synchronized String start(List<String> readModels, @Nullable Long upTo, Actor by) {
        check(by);
        if (readModels.isEmpty()) throw Refused.invalid("Choose at least one read model.");
        List<String> chosen = List.copyOf(new LinkedHashSet<>(readModels));
        chosen.forEach(Shadows::checkName);
        if (upTo != null && (upTo < 1 || upTo > shadows.head()))
            throw Refused.invalid("The position must lie between 1 and " + shadows.head() + ", the last event.");
        if (latest != null && latest.end == null) throw Refused.invalid("A replay is under way. Wait or cancel it.");
        Run run = new Run(chosen, upTo, by);
        latest = run;
        Thread.ofPlatform().name("replay").daemon().start(() -> run(run));
        return run.id;
    }

    private static void check(Actor by) {
        by.signedIn();
        if (!by.maySee(Role.ROOT)) throw new Refused(Refusal.NOT_PERMITTED);
    }

    @Override
    public synchronized Optional<Progress> latest() {
        return Optional.ofNullable(latest).map(Run::progress);
    }

    @Override
    public synchronized boolean mayCancel(Actor by) {
        Run run = latest;
        return run != null && run.end == null && isTheirs(run, by);
    }

    private static boolean isTheirs(Run run, Actor by) {
        return by.isAtLeast(Role.ROOT) || run.by.signedIn().equals(by.user());
    }

    @Override
    public synchronized void cancel(Actor by) {
        check(by);
        Run run = latest;
        if (run == null || run.end != null) throw Refused.invalid("No replay is under way.");
        if (!isTheirs(run, by))
            throw new Refused(
                    Refusal.NOT_PERMITTED,
                    "Somebody else started this replay. They or root can cancel it, or it ends by itself.");
        run.cancelled = true;
        Shadow shadow = run.shadow;
        if (shadow != null) shadow.cancel();
    }

    @Override
    public void writeDifferences(String run, Actor by, OutputStream out) throws IOException {
        long given = 0;
        List<ReplayDifference> some;
        do {
            some = messages.ask(new ReplayDifferences(run, new Paging(given, Paging.LIMIT_MAX)), by);
            for (ReplayDifference found : some) out.write((Json.write(found) + "\n").getBytes(StandardCharsets.UTF_8));
            given += some.size();
        } while (some.size() == Paging.LIMIT_MAX);
        out.flush();
    }

    private void run(Run run) {
        Findings findings = new Findings(new JdbcTemplate(views), run.id);
        State how = State.FAILED;
        String error = "";
        try {
            List<ReplayResult> results = new ArrayList<>();
            for (String readModel : run.readModels) results.add(replay(run, readModel, findings));
            findings.write();
            messages.send(
                    new RecordReplay(
                            RecordReplay.HISTORY,
                            new ReplayRun(run.id, run.by.signedIn(), run.upTo, results, run.startedAt, Instant.now())),
                    Actor.SYSTEM);
            how = State.DONE;
        } catch (CancellationException e) {
            how = State.CANCELLED;
        } catch (SQLException | RuntimeException e) {
            log.error("A replay failed", e);
            error = String.valueOf(e.getMessage());
        } finally {
            end(run, how, error, findings);
        }
    }

    private static void end(Run run, State how, String error, Findings findings) {
        try {
            if (how != State.DONE) findings.forget();
        } catch (RuntimeException e) {
            log.warn("The findings of a replay that did not end could not be removed", e);
        } finally {
            Progress last = run.progress();
            run.end = new Progress(last.readModel(), how, last.done(), last.all(), last.perSecond(), error);
        }
    }

    private ReplayResult replay(Run run, String readModel, Findings findings) throws SQLException {
        run.state = State.READING;
        try (Shadow shadow = shadows.open(readModel);
                Connection live = views.getConnection()) {
            run.shadow = shadow;
            run.checkCancelled();
            live.setAutoCommit(false);
            live.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            // The bulk of it first, so that the snapshot need not be kept for long.
            long present = Shadows.position(live, readModel);
            live.rollback();
            Long upTo = run.upTo;
            boolean past = upTo != null && upTo < present;
            shadow.advance(past ? upTo : present);
            if (!past) shadow.advance(Shadows.position(live, readModel));
            run.state = State.COMPARING;
            Comparison comparison = new Comparison(shadow, live, findings::add);
            boolean comparable = !past || Shadows.keepsThePast(readModel);
            if (!comparable) comparison.digestOnly();
            else comparison.compare(past ? Shadows.rowsOfThePast(live, upTo) : "");
            live.rollback();
            return new ReplayResult(
                    readModel,
                    past ? upTo : unchangedUpTo(shadow, upTo),
                    comparison.rows(),
                    comparison.digest(),
                    comparable ? comparison.liveDigest() : null,
                    comparison.differences());
        }
    }

    /** A live position is stored with changes only: events that change nothing may lie between it and the one asked for. */
    private static long unchangedUpTo(Shadow shadow, @Nullable Long upTo) {
        long compared = shadow.position();
        if (upTo == null || upTo <= compared) return compared;
        long projected = shadow.projected();
        shadow.advance(upTo);
        return shadow.projected() == projected ? upTo : compared;
    }
}
