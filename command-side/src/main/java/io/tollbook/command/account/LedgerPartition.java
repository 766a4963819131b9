package io.tollbook.command.account;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollbook.command.eventstore.PostgresEventStorageEngine;
import io.tollbook.command.eventstore.Snapshots;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountCommand;
import io.tollbook.kernel.account.HoldFunds;
import io.tollbook.kernel.account.Ledger;
import io.tollbook.kernel.account.ReleaseHold;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.limit.LimitReached;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of this node. Commands queue up; the writer takes all that wait into one unit of work, and one durable
 * append answers them together, so the framework's and the disk's price is paid per batch.
 *
 * <p>A refusal is an answer and leaves the batch alone, because a handler decides before it changes anything. Any other
 * exception rolls the batch back, which also forgets the aggregates it touched, and each command is then tried by itself.
 *
 * @see "adr/0001"
 */
public final class LedgerPartition implements Ledger, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LedgerPartition.class);
    private static final int BATCH_MAX = 1_024;
    /** Holds beyond this wait are refused: at 10,000 commands a second it is less than half a second of work. */
    private static final int WAITING_MAX = 4_096;

    private static final int CONFLICTS_MAX = 5;

    /** Something to decide inside the shared unit of work. */
    public interface Decision {
        @Nullable
        Object decide() throws Exception;
    }

    /**
     * The answer of a decision.
     *
     * @param value what it returned
     * @param position of the last event of its batch; 0 if the batch wrote nothing
     */
    public record Decided(@Nullable Object value, long position) {}

    private static final class Line {
        final Decision decision;
        final Map<String, ?> metadata;
        final CompletableFuture<Decided> answer = new CompletableFuture<>();

        @Nullable
        Object value;

        @Nullable
        Refused refused;

        Line(Decision decision, Map<String, ?> metadata) {
            this.decision = decision;
            this.metadata = metadata;
        }
    }

    private final Supplier<Repository<Account>> repository;
    private @Nullable Repository<Account> accounts;
    private final PostgresEventStorageEngine store;
    private final Snapshots snapshots;
    private final LinkedBlockingQueue<Line> queue = new LinkedBlockingQueue<>();
    private final Newness newness;
    private final Thread writer;
    private volatile boolean closing;
    private Map<String, ?> currentMetadata = Map.of();
    /** Whether the present command has made a message, and so perhaps applied an event. */
    private boolean hasApplied;

    /** A refusal after an event: the whole unit of work must go, and the command with it. */
    private static final class RefusedTooLate extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Refused refused;

        RefusedTooLate(Refused refused) {
            super(null, null, false, false);
            this.refused = refused;
        }
    }

    public LedgerPartition(
            Supplier<Repository<Account>> accounts,
            PostgresEventStorageEngine store,
            Snapshots snapshots,
            MeterRegistry meters) {
        repository = accounts;
        this.store = store;
        this.snapshots = snapshots;
        newness = new Newness(store);
        Gauge.builder("tollbook.ledger.waiting", queue, LinkedBlockingQueue::size)
                .description("Commands that wait for the writer")
                .register(meters);
        writer = Thread.ofPlatform().name("ledger").unstarted(this::run);
        // A dead writer would leave the process up and every caller waiting: better none than that.
        writer.setUncaughtExceptionHandler((thread, fault) -> {
            log.error("The ledger's writer died; ending the process", fault);
            Runtime.getRuntime().halt(70);
        });
    }

    public void start() {
        accounts = repository.get();
        writer.start();
    }

    @Override
    public CompletableFuture<Void> hold(HoldFunds command) {
        if (!store.isWriting()) return CompletableFuture.failedFuture(new Refused(Refusal.LEDGER_UNAVAILABLE));
        if (closing || queue.size() >= WAITING_MAX)
            return CompletableFuture.failedFuture(new Refused(Refusal.OVERLOADED));
        return onAccount(command, account -> account.handle(command));
    }

    @Override
    public CompletableFuture<Void> settle(SettleUsage command) {
        return onAccount(command, account -> account.handle(command));
    }

    @Override
    public CompletableFuture<Void> release(ReleaseHold command) {
        return onAccount(command, account -> account.handle(command));
    }

    private CompletableFuture<Void> onAccount(AccountCommand command, Consumer<Account> handle) {
        String account = command.account().toString();
        return submit(
                        () -> {
                            Aggregate<Account> loaded =
                                    Objects.requireNonNull(accounts).load(account);
                            try {
                                loaded.execute(handle);
                            } catch (LimitReached reached) {
                                newness.check(loaded);
                                throw reached;
                            }
                            return null;
                        },
                        Map.of())
                .thenApply(decided -> null);
    }

    /**
     * Queues a decision. It runs on the writer's thread and must neither wait nor do input or output.
     *
     * @param metadata stored with the events it applies
     * @return its answer, once its events are durable; {@link Refused} if it said no
     */
    public CompletableFuture<Decided> submit(Decision decision, Map<String, ?> metadata) {
        Line line = new Line(decision, metadata);
        queue.add(line);
        return line.answer;
    }

    @Override
    public boolean isWriting() {
        return store.isWriting();
    }

    private void run() {
        List<Line> batch = new ArrayList<>(BATCH_MAX);
        while (true) {
            batch.clear();
            try {
                Line first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first == null) {
                    if (closing) return;
                    continue;
                }
                batch.add(first);
                queue.drainTo(batch, BATCH_MAX - 1);
            } catch (InterruptedException e) {
                // Nobody interrupts the writer; it ends when it is closed and has nothing left to do.
                continue;
            }
            process(batch);
            snapshots.take();
        }
    }

    private void process(List<Line> batch) {
        try {
            long position = write(batch);
            for (Line line : batch) answer(line, position);
        } catch (Exception e) {
            if (batch.size() > 1) {
                log.debug("A batch of {} failed and is tried one by one", batch.size(), e);
                for (Line line : batch) processAlone(line);
            } else {
                retry(batch.getFirst(), e);
            }
        }
    }

    private void processAlone(Line line) {
        try {
            long position = write(List.of(line));
            answer(line, position);
        } catch (Exception e) {
            retry(line, e);
        }
    }

    /** Another node wrote to the same stream meanwhile: decide again on what it wrote. */
    private void retry(Line line, Exception first) {
        Exception fault = first;
        for (int i = 0; i < CONFLICTS_MAX && fault instanceof ConcurrencyException; i++) {
            try {
                long position = write(List.of(line));
                answer(line, position);
                return;
            } catch (Exception e) {
                fault = e;
            }
        }
        line.answer.completeExceptionally(fault instanceof RefusedTooLate late ? late.refused : fault);
    }

    private static void answer(Line line, long position) {
        if (line.refused != null) line.answer.completeExceptionally(line.refused);
        else line.answer.complete(new Decided(line.value, position));
    }

    /** @return the position of the last event, 0 if there was none */
    private long write(List<Line> batch) throws Exception {
        UnitOfWork<Message<?>> unit = DefaultUnitOfWork.startAndGet(null);
        unit.registerCorrelationDataProvider(message -> {
            hasApplied = true;
            return currentMetadata;
        });
        try {
            for (Line line : batch) {
                line.value = null;
                line.refused = null;
                currentMetadata = line.metadata;
                hasApplied = false;
                try {
                    line.value = line.decision.decide();
                } catch (Refused refused) {
                    line.refused = refused;
                } catch (AggregateNotFoundException e) {
                    line.refused = new Refused(Refusal.NOT_FOUND);
                }
                if (line.refused != null && hasApplied) throw new RefusedTooLate(line.refused);
            }
            currentMetadata = MetaData.emptyInstance();
            unit.commit();
        } catch (Exception | Error e) {
            if (unit.isActive()) unit.rollback(e);
            throw e;
        }
        return unit.getResource(PostgresEventStorageEngine.POSITION) instanceof Long position ? position : 0;
    }

    /** Lets what waits be written, then ends. New holds are refused from now on. */
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
