package io.tollbook.query.readmodel;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.settings.Option;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.UncategorizedSQLException;

/** Makes {@link Shadow}s, one per read model at a time among all nodes, and removes those whose process is gone. */
public final class Shadows {
    private static final Logger log = LoggerFactory.getLogger(Shadows.class);

    /** The token as Axon stores it, {@code {"globalIndex":42}}; it is committed together with the rows. */
    private static final String POSITION = """
            select coalesce(cast(substring(convert_from(token, 'UTF8') from '"globalIndex":([0-9]+)') as bigint), 0)
            from views.token_entry where processor_name = ? and segment = 0
            """;

    private final DataSource views;
    private final EventStorageEngine engine;
    private final Map<String, Handlers> handlers;

    Shadows(DataSource views, EventStorageEngine engine, Map<String, Handlers> handlers) {
        this.views = views;
        this.engine = engine;
        this.handlers = handlers;
    }

    public List<String> readModels() {
        return ReadModelNames.ALL;
    }

    /** @throws Refused NOT_FOUND, or INVALID while it is gone over already */
    public static void checkName(String readModel) {
        if (!ReadModelNames.ALL.contains(readModel))
            throw new Refused(Refusal.NOT_FOUND, "There is no read model named " + readModel + ".");
    }

    /** Whether its live rows say what they were at any position: they carry it, and never change. */
    public static boolean keepsThePast(String readModel) {
        return readModel.equals(ReadModelNames.USAGE_LOG);
    }

    /** Of a read model that keeps the past, the rows of a position that nobody has taken out of the log since. */
    public static String rowsOfThePast(Connection live, long upTo) throws SQLException {
        try (PreparedStatement select = live.prepareStatement("select value from views.option where key = ?")) {
            select.setString(1, Option.LOG_CLEARED_BEFORE.key());
            try (ResultSet cleared = select.executeQuery()) {
                long second = cleared.next() && cleared.getString(1) != null ? Long.parseLong(cleared.getString(1)) : 0;
                return " where position <= " + upTo + " and at >= to_timestamp(" + second + ")";
            }
        }
    }

    /** The position of the last event there is. */
    public long head() {
        return Math.max(0, Store.position(engine.createHeadToken()));
    }

    /** How far the live read model is, as a connection's snapshot has it; 0 for nowhere. */
    public static long position(Connection connection, String readModel) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(POSITION)) {
            select.setString(1, readModel);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /**
     * An empty shadow.
     *
     * @throws Refused NOT_FOUND, or INVALID while this read model has one already
     */
    public Shadow open(String readModel) {
        checkName(readModel);
        ShadowTables tables = new ShadowTables(readModel);
        Connection connection = null;
        try {
            connection = views.getConnection();
            connection.setAutoCommit(false);
            if (!tables.lock(connection))
                throw Refused.invalid("The read model " + readModel + " is being rebuilt or replayed already.");
            tables.create(connection);
            connection.commit();
            return new Shadow(readModel, tables, handlers.get(readModel), engine, connection);
        } catch (SQLException e) {
            giveBack(connection, tables);
            throw new UncategorizedSQLException("making a shadow", null, e);
        } catch (RuntimeException e) {
            giveBack(connection, tables);
            throw e;
        }
    }

    private static void giveBack(@Nullable Connection connection, ShadowTables tables) {
        if (connection == null) return;
        try (connection) {
            connection.rollback();
            tables.unlock(connection);
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException | RuntimeException e) {
            log.debug("A connection was lost", e);
        }
    }

    /** What a process has left that ended in the middle. The live tables were never touched. */
    void removeLeftovers() {
        for (String readModel : ReadModelNames.ALL) {
            ShadowTables tables = new ShadowTables(readModel);
            try (Connection connection = views.getConnection()) {
                if (!tables.lock(connection)) continue; // Another node fills it.
                connection.setAutoCommit(false);
                try {
                    tables.drop(connection);
                    connection.commit();
                } finally {
                    giveBack(connection, tables);
                }
            } catch (SQLException | RuntimeException e) {
                log.warn("A shadow of {} could not be removed: {}", readModel, e.getMessage());
            }
        }
    }
}
