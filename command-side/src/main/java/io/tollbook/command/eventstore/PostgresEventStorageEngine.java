package io.tollbook.command.eventstore;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.BatchingEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * The event store in PostgreSQL, with transactions of its own. Because positions are gapless and in commit order, a
 * tracking token is a position and a reader never has to look for late-comers.
 *
 * @see "adr/0002"
 */
public final class PostgresEventStorageEngine extends BatchingEventStorageEngine implements AutoCloseable {
    /** Under this key the unit of work finds the position of its last event once it is durable. */
    public static final String POSITION = "io.tollbook.position";

    private static final int BATCH = 1_000;
    private static final Pattern CREATED_TWICE = Pattern.compile("=\\([^,]*, 0\\) already exists");
    private static final String COLUMNS =
            "position, stream, sequence, aggregate, id::text, name, version, recorded_at, payload, metadata";

    private final DataSource dataSource;
    private final DurableAppend durable;
    private final GroupCommit commits;
    private final RecentEvents recent = new RecentEvents();
    private final Timer appendTimer;
    private final DistributionSummary batchSize;
    private volatile long head = -1;

    private PostgresEventStorageEngine(Builder builder, DataSource dataSource, MeterRegistry meters) {
        super(builder);
        this.dataSource = dataSource;
        durable = new DurableAppend(dataSource);
        commits = new GroupCommit(durable::append);
        appendTimer = Timer.builder("tollbook.ledger.append")
                .description("From asking for an append until it is durable")
                .publishPercentileHistogram()
                .register(meters);
        batchSize = DistributionSummary.builder("tollbook.ledger.batch")
                .description("Events per append")
                .publishPercentileHistogram()
                .register(meters);
    }

    public static PostgresEventStorageEngine create(
            DataSource dataSource, EventSerializer serializer, MeterRegistry meters) {
        Builder builder = new Builder();
        builder.eventSerializer(serializer);
        builder.snapshotSerializer(serializer);
        builder.snapshotFilter(
                snapshot -> serializer.reads(snapshot.getPayload().getType()));
        builder.batchSize(BATCH);
        return new PostgresEventStorageEngine(builder, dataSource, meters);
    }

    /** Whether the last append succeeded. */
    public boolean isWriting() {
        return durable.isWriting();
    }

    /** The position of the newest event that is certainly durable. */
    public long head() {
        if (head < 0) head = newestPosition();
        return head;
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) return;
        List<EventRow> rows = new ArrayList<>(events.size());
        for (EventMessage<?> event : events) rows.add(row(event, serializer));
        long start = System.nanoTime();
        try {
            long position = commits.write(rows);
            remember(events, rows, position - rows.size());
            head = Math.max(head, position);
            if (CurrentUnitOfWork.isStarted())
                CurrentUnitOfWork.get().root().resources().put(POSITION, position);
        } catch (SQLException e) {
            throw refusal(e);
        } finally {
            appendTimer.record(System.nanoTime() - start, java.util.concurrent.TimeUnit.NANOSECONDS);
            batchSize.record(rows.size());
        }
    }

    /** Metadata is read back from its stored form, which may know fewer types than what was put in. */
    private void remember(List<? extends EventMessage<?>> events, List<EventRow> rows, long before) {
        long position = before;
        for (int i = 0; i < rows.size(); i++) {
            EventRow row = rows.get(i);
            TrackingToken token = new GlobalSequenceTrackingToken(++position);
            recent.add(
                    position,
                    events.get(i).getMetaData().isEmpty()
                            ? new GenericTrackedDomainEventMessage<>(
                                    token,
                                    row.aggregate(),
                                    row.stream(),
                                    row.sequence(),
                                    events.get(i),
                                    row::recordedAt)
                            : stored(row, token));
        }
    }

    private TrackedEventMessage<?> stored(EventRow row, TrackingToken token) {
        DomainEventData<String> data = new GenericDomainEventEntry<>(
                row.aggregate(),
                row.stream(),
                row.sequence(),
                row.id(),
                row.recordedAt(),
                row.name(),
                Integer.toString(row.version()),
                row.payload(),
                row.metadata());
        return EventUtils.upcastAndDeserializeTrackedEvents(
                        Stream.of(new TrackedDomainEventData<>(token, data)), getEventSerializer(), upcasterChain)
                .findFirst()
                .orElseThrow();
    }

    /** Another writer was faster: at creating the stream, or at going on with it. */
    private static RuntimeException refusal(SQLException e) {
        if (!DurableAppend.isUniqueViolation(e)) return new EventStoreException("events could not be appended", e);
        String message = String.valueOf(e.getMessage());
        return CREATED_TWICE.matcher(message).find()
                ? new AggregateStreamCreationException(message, e)
                : new ConcurrencyException(message, e);
    }

    private static EventRow row(EventMessage<?> event, Serializer serializer) {
        SerializedObject<String> payload = event.serializePayload(serializer, String.class);
        String metadata = event.getMetaData().isEmpty()
                ? "{}"
                : event.serializeMetaData(serializer, String.class).getData();
        String name = payload.getType().getName();
        int version = Integer.parseInt(payload.getType().getRevision());
        // As Axon hands it on from the database, so that a replay sees the same moment.
        Instant recordedAt = event.getTimestamp().truncatedTo(ChronoUnit.MILLIS);
        if (event instanceof DomainEventMessage<?> domain)
            return new EventRow(
                    domain.getAggregateIdentifier(),
                    domain.getSequenceNumber(),
                    domain.getType(),
                    event.getIdentifier(),
                    name,
                    version,
                    recordedAt,
                    payload.getData(),
                    metadata);
        return new EventRow(
                event.getIdentifier(),
                0,
                null,
                event.getIdentifier(),
                name,
                version,
                recordedAt,
                payload.getData(),
                metadata);
    }

    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        storeSnapshot(row(snapshot, serializer));
    }

    /** @return what stores the snapshot as it is now, on any thread */
    Runnable snapshot(DomainEventMessage<?> snapshot) {
        EventRow row = row(snapshot, getSnapshotSerializer());
        return () -> storeSnapshot(row);
    }

    private void storeSnapshot(EventRow row) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement upsert = connection.prepareStatement("""
                        insert into events.snapshot
                            (stream, sequence, aggregate, id, name, version, recorded_at, payload, metadata)
                        values (?, ?, ?, ?::uuid, ?, ?, ?, ?, ?)
                        on conflict (stream) do update set
                            sequence = excluded.sequence, id = excluded.id, name = excluded.name,
                            version = excluded.version, recorded_at = excluded.recorded_at,
                            payload = excluded.payload, metadata = excluded.metadata
                        where events.snapshot.sequence < excluded.sequence
                           or (events.snapshot.name, events.snapshot.version) <> (excluded.name, excluded.version)
                        """)) {
            upsert.setString(1, row.stream());
            upsert.setLong(2, row.sequence());
            upsert.setString(3, row.aggregate());
            upsert.setString(4, row.id());
            upsert.setString(5, row.name());
            upsert.setInt(6, row.version());
            upsert.setObject(7, row.recordedAt().atOffset(java.time.ZoneOffset.UTC));
            upsert.setString(8, row.payload());
            upsert.setString(9, row.metadata());
            upsert.executeUpdate();
        } catch (SQLException e) {
            throw new EventStoreException("the snapshot of " + row.stream() + " could not be stored", e);
        }
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String stream) {
        String sql = "select 0 as position, stream, sequence, aggregate, id::text, name, version, recorded_at, payload,"
                + " metadata from events.snapshot where stream = ?";
        return query(sql, statement -> statement.setString(1, stream), PostgresEventStorageEngine::domainEvent)
                .stream();
    }

    /** From memory as far as that goes; whoever wants more asks again. */
    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken after, boolean mayBlock) {
        List<TrackedEventMessage<?>> newest = recent.after(position(after));
        return newest.isEmpty() ? super.readEvents(after, mayBlock) : newest.stream();
    }

    private static long position(@Nullable TrackingToken token) {
        return token == null ? 0 : token.position().orElse(0);
    }

    @Override
    protected List<? extends TrackedEventData<?>> fetchTrackedEvents(@Nullable TrackingToken lastToken, int limit) {
        long after = position(lastToken);
        String sql = "select " + COLUMNS + " from events.event where position > ? order by position limit ?";
        return query(
                sql,
                statement -> {
                    statement.setLong(1, after);
                    statement.setInt(2, limit);
                },
                PostgresEventStorageEngine::trackedEvent);
    }

    @Override
    protected List<? extends DomainEventData<?>> fetchDomainEvents(String stream, long firstSequence, int limit) {
        String sql =
                "select " + COLUMNS + " from events.event where stream = ? and sequence >= ? order by sequence limit ?";
        return query(
                sql,
                statement -> {
                    statement.setString(1, stream);
                    statement.setLong(2, firstSequence);
                    statement.setInt(3, limit);
                },
                PostgresEventStorageEngine::domainEvent);
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String stream) {
        return query(
                        "select max(sequence) from events.event where stream = ?",
                        statement -> statement.setString(1, stream),
                        row -> Optional.ofNullable((Long) row.getObject(1)))
                .getFirst();
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return null;
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(newestPosition());
    }

    @Override
    public TrackingToken createTokenAt(Instant moment) {
        long position = query(
                        "select coalesce(max(position), 0) from events.event where recorded_at < ?",
                        statement -> statement.setObject(1, moment.atOffset(java.time.ZoneOffset.UTC)),
                        row -> row.getLong(1))
                .getFirst();
        return new GlobalSequenceTrackingToken(position);
    }

    private long newestPosition() {
        return query("select coalesce(max(position), 0) from events.event", statement -> {}, row -> row.getLong(1))
                .getFirst();
    }

    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    private interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, Parameters parameters, Mapper<T> mapper) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.set(statement);
            try (ResultSet result = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (result.next()) rows.add(mapper.map(result));
                return rows;
            }
        } catch (SQLException e) {
            throw new EventStoreException("the event store could not be read", e);
        }
    }

    private static DomainEventData<String> domainEvent(ResultSet row) throws SQLException {
        return new GenericDomainEventEntry<>(
                row.getString(4),
                row.getString(2),
                row.getLong(3),
                row.getString(5),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                row.getString(6),
                Integer.toString(row.getInt(7)),
                row.getString(9),
                row.getString(10));
    }

    private static TrackedEventData<String> trackedEvent(ResultSet row) throws SQLException {
        return new TrackedDomainEventData<>(new GlobalSequenceTrackingToken(row.getLong(1)), domainEvent(row));
    }

    @Override
    public void close() {
        durable.close();
    }

    private static final class Builder extends BatchingEventStorageEngine.Builder {}
}
