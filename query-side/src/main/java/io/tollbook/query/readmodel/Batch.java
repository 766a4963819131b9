package io.tollbook.query.readmodel;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * The changes that many events make to one read model. Handlers gather while the events pass by; later everything is
 * written at once, in the transaction that also stores the projection's position: rows and position are there together
 * or not at all, so no event counts twice.
 */
public final class Batch {
    private final List<Changes> all = new ArrayList<>(1);
    private final boolean replay;
    private @Nullable Changes latest;
    private int events;

    Batch(boolean replay) {
        this.replay = replay;
    }

    /** Whether its events were projected before, and are gone over again to rebuild the read model. */
    boolean isReplay() {
        return replay;
    }

    /** Events that have gone into it. */
    int events() {
        return events;
    }

    void counted() {
        events++;
    }

    /** The projection's own changes; made when its first event arrives. */
    public <C extends Changes> C changes(Class<C> type, Supplier<C> fresh) {
        Changes known = latest;
        if (known != null && known.getClass() == type) return type.cast(known);
        for (Changes changes : all)
            if (changes.getClass() == type) {
                latest = changes;
                return type.cast(changes);
            }
        C made = fresh.get();
        all.add(made);
        latest = made;
        return made;
    }

    void write(DataSource views) {
        if (all.isEmpty()) return;
        Connection connection = DataSourceUtils.getConnection(views);
        try {
            try (Statement statement = connection.createStatement()) {
                // A database that is killed forgets a commit that was not on the disk, and the position with it. The
                // processor in memory goes on all the same, and the rows would be missing until the next start.
                statement.execute("set local synchronous_commit = on");
            }
            write(connection);
        } catch (SQLException e) {
            throw new UncategorizedSQLException("writing a read model", null, e);
        } finally {
            DataSourceUtils.releaseConnection(connection, views);
        }
    }

    /** Writes all of it in the transaction that the connection is in. */
    void write(Connection connection) throws SQLException {
        for (Changes changes : all) changes.write(connection);
    }
}
