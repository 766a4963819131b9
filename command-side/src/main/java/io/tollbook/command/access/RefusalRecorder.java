package io.tollbook.command.access;

import io.tollbook.command.account.LedgerPartition;
import io.tollbook.kernel.Event;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.access.CallRefused;
import io.tollbook.kernel.access.CommandRefused;
import io.tollbook.kernel.access.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.GenericEventMessage;

/**
 * Collects refusals and appends them once a second. Refusals alike within that second become one event with a count, and
 * beyond {@link #KINDS_MAX} different ones the details are dropped before the count is: an attacker cannot fill the store.
 */
public final class RefusalRecorder implements Refusals, AutoCloseable {
    private static final int KINDS_MAX = 500;
    private static final int COMMANDS_MAX = 500;

    private record Kind(long user, long token, String model, String group, Refusal refusal, int status) {}

    private final LedgerPartition partition;
    private final EventBus events;
    private final Map<Kind, CallRefused> calls = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<CommandRefused> commands = new ConcurrentLinkedQueue<>();
    private final AtomicInteger commandsWaiting = new AtomicInteger();
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("refusals").daemon().factory());

    public RefusalRecorder(LedgerPartition partition, EventBus events) {
        this.partition = partition;
        this.events = events;
    }

    public void start() {
        schedule.scheduleWithFixedDelay(this::flush, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void record(CallRefused refusal) {
        Kind kind = new Kind(
                refusal.user(), refusal.token(), refusal.model(), refusal.group(), refusal.refusal(), refusal.status());
        if (calls.size() >= KINDS_MAX && !calls.containsKey(kind))
            kind = new Kind(0, 0, "", "", refusal.refusal(), refusal.status());
        Kind key = kind;
        calls.merge(
                key,
                new CallRefused(
                        refusal.request(),
                        key.user,
                        key.token,
                        key.model,
                        key.group,
                        key.refusal,
                        key.status,
                        refusal.count(),
                        refusal.at()),
                (first, next) -> new CallRefused(
                        first.request(),
                        first.user(),
                        first.token(),
                        first.model(),
                        first.group(),
                        first.refusal(),
                        first.status(),
                        first.count() + next.count(),
                        first.at()));
    }

    @Override
    public void record(CommandRefused refusal) {
        if (commandsWaiting.incrementAndGet() > COMMANDS_MAX) {
            commandsWaiting.decrementAndGet();
            return;
        }
        commands.add(refusal);
    }

    void flush() {
        List<Event> facts = new ArrayList<>();
        for (Kind kind : List.copyOf(calls.keySet())) {
            CallRefused refused = calls.remove(kind);
            if (refused != null) facts.add(refused);
        }
        for (CommandRefused next = commands.poll(); next != null; next = commands.poll()) {
            commandsWaiting.decrementAndGet();
            facts.add(next);
        }
        if (facts.isEmpty()) return;
        partition.submit(
                () -> {
                    events.publish(facts.stream().map(GenericEventMessage::new).toList());
                    return null;
                },
                Map.of());
    }

    @Override
    public void close() {
        schedule.shutdownNow();
        flush();
    }
}
