package io.tollbook.query;

import io.tollbook.kernel.EventName;
import io.tollbook.query.readmodel.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.springframework.jdbc.core.JdbcTemplate;

/** Events in memory, from position 1, and for what reads the store itself also in its table. */
final class RecordingStore extends InMemoryEventStorageEngine {
    private final JdbcTemplate database;
    private final AtomicLong position = new AtomicLong();

    RecordingStore(DataSource dataSource) {
        super(1);
        database = new JdbcTemplate(dataSource);
    }

    @Override
    public synchronized void appendEvents(List<? extends EventMessage<?>> events) {
        for (EventMessage<?> event : events) {
            EventName name = event.getPayloadType().getAnnotation(EventName.class);
            DomainEventMessage<?> domain = event instanceof DomainEventMessage<?> d ? d : null;
            long next = position.incrementAndGet();
            database.update(
                    "insert into events.event values (?, ?, ?, null, ?::uuid, ?, ?, ?, ?, ?)",
                    next,
                    domain == null ? "none-" + next : domain.getAggregateIdentifier(),
                    domain == null ? 0 : domain.getSequenceNumber(),
                    event.getIdentifier(),
                    name.value(),
                    name.version(),
                    recordedAt(event.getTimestamp()).atOffset(ZoneOffset.UTC),
                    Json.write(event.getPayload()),
                    Json.write(event.getMetaData()));
        }
        super.appendEvents(events);
    }

    /** Times in the table rise with positions, as in life, also where a test lets something happen at another time. */
    private static Instant recordedAt(Instant happened) {
        Instant now = Instant.now();
        return Duration.between(happened, now).abs().compareTo(Duration.ofSeconds(30)) < 0 ? happened : now;
    }
}
