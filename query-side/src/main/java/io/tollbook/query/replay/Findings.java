package io.tollbook.query.replay;

import io.tollbook.kernel.replay.ReplayDifference;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The differences of one run on their way into their table. All are counted; so many are kept as somebody can look at. */
final class Findings {
    static final int KEPT_MAX = 100_000;
    private static final int BATCH = 500;
    private static final String INSERT = """
            insert into views.replay_difference
                (run, number, read_model, table_name, row_key, column_name, expected, actual)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final JdbcTemplate database;
    private final String run;
    private final List<Object[]> waiting = new ArrayList<>();
    private int kept;

    Findings(JdbcTemplate database, String run) {
        this.database = database;
        this.run = run;
    }

    void add(ReplayDifference found) {
        if (kept == KEPT_MAX) return;
        kept++;
        waiting.add(new Object[] {
            run, kept, found.readModel(), found.table(), found.key(), found.column(), found.expected(), found.actual()
        });
        if (waiting.size() == BATCH) write();
    }

    void write() {
        if (!waiting.isEmpty()) database.batchUpdate(INSERT, waiting);
        waiting.clear();
    }

    /** Of a run that did not end there is nothing to show. */
    void forget() {
        waiting.clear();
        database.update("delete from views.replay_difference where run = ?", run);
    }
}
