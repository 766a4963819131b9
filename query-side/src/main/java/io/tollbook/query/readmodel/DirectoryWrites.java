package io.tollbook.query.readmodel;

import io.tollbook.kernel.DirectoryChange.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Writes of the directory projection, in the order of the events, and whom they concern: every node hears of it when the
 * transaction commits. While the directory is rebuilt nobody is told of the past; all are told once at its end.
 */
public final class DirectoryWrites implements Changes {
    /** From here on telling each is dearer than forgetting all. */
    private static final int CHANGES_MAX = 200;

    private final List<Query> queries = new ArrayList<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private final boolean replay;

    private DirectoryWrites(boolean replay) {
        this.replay = replay;
    }

    public static DirectoryWrites of(Batch batch) {
        return batch.changes(DirectoryWrites.class, () -> new DirectoryWrites(batch.isReplay()));
    }

    /** Something that the relay does not keep. */
    public DirectoryWrites quietly(Query query) {
        queries.add(query);
        return this;
    }

    public void write(Query query, Kind kind, long id) {
        queries.add(query);
        if (changed.size() <= CHANGES_MAX) changed.add(kind + ":" + id);
    }

    @Override
    public void write(Connection connection) throws SQLException {
        DSL.using(connection, SQLDialect.POSTGRES).batch(queries).execute();
        if (replay || changed.isEmpty()) return;
        List<String> told = changed.size() > CHANGES_MAX ? List.of(Kind.ALL + ":0") : List.copyOf(changed);
        String sql = "select pg_notify('" + PostgresDirectoryChanges.CHANNEL + "', what) from unnest(?) as what";
        try (var notify = connection.prepareStatement(sql)) {
            notify.setArray(1, connection.createArrayOf("text", told.toArray()));
            notify.execute();
        }
    }
}
