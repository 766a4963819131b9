package io.tollbook.query.replay;

import static io.tollbook.query.readmodel.StoredEvents.EVENT;
import static io.tollbook.query.readmodel.StoredEvents.NAME;
import static io.tollbook.query.readmodel.StoredEvents.PAYLOAD;
import static io.tollbook.query.readmodel.StoredEvents.SEQUENCE;
import static io.tollbook.query.readmodel.StoredEvents.STREAM;

import io.tollbook.kernel.Page;
import io.tollbook.kernel.replay.RecordReplay;
import io.tollbook.kernel.replay.ReplayDifference;
import io.tollbook.kernel.replay.ReplayDifferences;
import io.tollbook.kernel.replay.ReplayRun;
import io.tollbook.kernel.replay.ReplayRuns;
import io.tollbook.query.readmodel.Json;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Answers which replays there were, straight from their events, and what they found. */
@Component
class ReplayQueries {
    private static final Condition RUNS = STREAM.eq(RecordReplay.HISTORY).and(NAME.eq("replay.run"));

    private final DSLContext views;

    ReplayQueries(DSLContext views) {
        this.views = views;
    }

    @QueryHandler
    Page<ReplayRun> handle(ReplayRuns query) {
        return new Page<>(
                views.select(PAYLOAD)
                        .from(EVENT)
                        .where(RUNS)
                        .orderBy(SEQUENCE.desc())
                        .offset(query.paging().offset())
                        .limit(query.paging().limit())
                        .fetch(row -> Json.read(row.value1(), ReplayRun.class)),
                views.fetchCount(EVENT, RUNS));
    }

    @QueryHandler
    List<ReplayDifference> handle(ReplayDifferences query) {
        return views.fetch(
                        """
                        select read_model, table_name, row_key, column_name, expected, actual from views.replay_difference
                        where run = ? and number > ? order by number limit ?
                        """,
                        query.run(),
                        query.paging().offset(),
                        query.paging().limit())
                .map(row -> new ReplayDifference(
                        row.get(0, String.class),
                        row.get(1, String.class),
                        row.get(2, String.class),
                        row.get(3, String.class),
                        row.get(4, String.class),
                        row.get(5, String.class)));
    }
}
