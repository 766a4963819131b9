package io.tollbook.command.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events in one statement and one commit.
 *
 * <p>Promise: when {@link #append} returns, every row is on disk; when it throws, none is. Positions are gapless and in
 * commit order: the writer takes the next one it knows of, and the primary key refuses it if another node was faster, in
 * which case it looks up the newest and tries again. While the database is away the append waits and is repeated; if the
 * connection broke during the commit, the row at the first position tells whether that commit was the last thing to succeed.
 */
final class DurableAppend implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DurableAppend.class);
    private static final String POSITION_KEY = "event_pkey";
    private static final Duration PAUSE_MAX = Duration.ofMillis(500);
    private static final String INSERT = """
            insert into events.event
                (position, stream, sequence, aggregate, id, name, version, recorded_at, payload, metadata)
            select ? + n, stream, sequence, aggregate, id::uuid, name, version,
                   timestamptz 'epoch' + micros * interval '1 microsecond', payload, metadata
            from unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::int[], ?::bigint[], ?::text[], ?::text[])
                 with ordinality
                 as row (stream, sequence, aggregate, id, name, version, micros, payload, metadata, n)
            """;

    private final DataSource dataSource;
    private @Nullable Connection connection;
    private @Nullable PreparedStatement insert;
    private long lastPosition = -1;
    private volatile boolean writing = true;
    private volatile boolean closed;

    DurableAppend(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Whether the last attempt to write succeeded. */
    boolean isWriting() {
        return writing;
    }

    /**
     * @return the position of the last row
     * @throws SQLException when the database refuses the rows for good: a stream's sequence exists already
     */
    synchronized long append(List<EventRow> rows) throws SQLException {
        long pause = 20;
        boolean uncertain = false;
        while (true) {
            try {
                if (connection == null) connect();
                if (uncertain && isStored(rows)) return succeeded(rows.size());
                uncertain = false;
                insert(rows);
                return succeeded(rows.size());
            } catch (SQLException e) {
                if (isPositionTaken(e)) {
                    lastPosition = newestPosition();
                    continue;
                }
                if (!isOutage(e)) throw e;
                uncertain = true;
                if (writing)
                    log.warn("The event store cannot be written; waiting for the database: {}", e.getMessage());
                writing = false;
                disconnect();
                if (closed) throw e;
                LockSupport.parkNanos(Duration.ofMillis(pause).toNanos());
                pause = Math.min(PAUSE_MAX.toMillis(), pause * 2);
            }
        }
    }

    private long succeeded(int rows) {
        lastPosition += rows;
        if (!writing) log.info("The event store can be written again");
        writing = true;
        return lastPosition;
    }

    private void connect() throws SQLException {
        connection = dataSource.getConnection();
        connection.setAutoCommit(true);
        try (java.sql.Statement statement = connection.createStatement()) {
            // Whatever a server of somebody else's is set to.
            statement.execute("set synchronous_commit = on");
        }
        insert = connection.prepareStatement(INSERT);
        // After an outage the position must not move before it is known whether the last commit went through.
        if (lastPosition < 0) lastPosition = newestPosition();
    }

    private long newestPosition() throws SQLException {
        try (PreparedStatement select = java.util.Objects.requireNonNull(connection)
                        .prepareStatement("select coalesce(max(position), 0) from events.event");
                ResultSet result = select.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Whether these rows are the ones at the positions they were last written to. */
    private boolean isStored(List<EventRow> rows) throws SQLException {
        EventRow first = rows.getFirst();
        try (PreparedStatement select = java.util.Objects.requireNonNull(connection)
                .prepareStatement(
                        "select position from events.event where stream = ? and sequence = ? and id = ?::uuid")) {
            select.setString(1, first.stream());
            select.setLong(2, first.sequence());
            select.setString(3, first.id());
            try (ResultSet result = select.executeQuery()) {
                if (!result.next()) return false;
                lastPosition = result.getLong(1) - 1;
                return true;
            }
        }
    }

    private void insert(List<EventRow> rows) throws SQLException {
        int size = rows.size();
        String[] streams = new String[size];
        Long[] sequences = new Long[size];
        String[] aggregates = new String[size];
        String[] ids = new String[size];
        String[] names = new String[size];
        Integer[] versions = new Integer[size];
        Long[] micros = new Long[size];
        String[] payloads = new String[size];
        String[] metadata = new String[size];
        for (int i = 0; i < size; i++) {
            EventRow row = rows.get(i);
            streams[i] = row.stream();
            sequences[i] = row.sequence();
            aggregates[i] = row.aggregate();
            ids[i] = row.id();
            names[i] = row.name();
            versions[i] = row.version();
            micros[i] = micros(row.recordedAt());
            payloads[i] = row.payload();
            metadata[i] = row.metadata();
        }
        Connection open = java.util.Objects.requireNonNull(connection);
        PreparedStatement statement = java.util.Objects.requireNonNull(insert);
        statement.setLong(1, lastPosition);
        statement.setArray(2, open.createArrayOf("text", streams));
        statement.setArray(3, open.createArrayOf("int8", sequences));
        statement.setArray(4, open.createArrayOf("text", aggregates));
        statement.setArray(5, open.createArrayOf("text", ids));
        statement.setArray(6, open.createArrayOf("text", names));
        statement.setArray(7, open.createArrayOf("int4", versions));
        statement.setArray(8, open.createArrayOf("int8", micros));
        statement.setArray(9, open.createArrayOf("text", payloads));
        statement.setArray(10, open.createArrayOf("text", metadata));
        int written = statement.executeUpdate();
        if (written != size) throw new IllegalStateException(written + " of " + size + " events were written");
    }

    private static long micros(Instant moment) {
        return Math.addExact(Math.multiplyExact(moment.getEpochSecond(), 1_000_000L), moment.getNano() / 1_000);
    }

    private static boolean isPositionTaken(SQLException e) {
        return isUniqueViolation(e)
                && e instanceof org.postgresql.util.PSQLException refused
                && refused.getServerErrorMessage() != null
                && POSITION_KEY.equals(refused.getServerErrorMessage().getConstraint());
    }

    static boolean isUniqueViolation(Throwable e) {
        return e instanceof SQLException sql && "23505".equals(sql.getSQLState());
    }

    /** The connection is gone, the server is stopping, starting or full: none of it says anything about the rows. */
    private static boolean isOutage(SQLException e) {
        if (e instanceof java.sql.SQLTransientConnectionException) return true;
        String state = e.getSQLState();
        if (state == null) return false;
        return state.startsWith("08")
                || state.startsWith("57")
                || state.startsWith("53")
                || state.startsWith("58")
                || state.equals("25006");
    }

    private void disconnect() {
        Connection broken = connection;
        connection = null;
        insert = null;
        if (broken == null) return;
        try {
            broken.abort(Runnable::run);
        } catch (SQLException e) {
            log.debug("aborting a broken connection failed", e);
        }
        try {
            broken.close();
        } catch (SQLException e) {
            log.debug("closing a broken connection failed", e);
        }
    }

    /** Ends waiting appends with an error. */
    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            disconnect();
        }
    }
}
