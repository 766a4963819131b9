package io.tollbook.query.readmodel;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The table of stored events, which read models may read and never write. */
public final class StoredEvents {
    public static final Table<Record> EVENT = DSL.table("events.event");
    public static final Field<Long> POSITION = DSL.field("position", Long.class);
    public static final Field<String> STREAM = DSL.field("stream", String.class);
    public static final Field<Long> SEQUENCE = DSL.field("sequence", Long.class);
    public static final Field<String> NAME = DSL.field("name", String.class);
    public static final Field<Integer> VERSION = DSL.field("version", Integer.class);
    public static final Field<OffsetDateTime> RECORDED_AT = DSL.field("recorded_at", OffsetDateTime.class);
    public static final Field<String> PAYLOAD = DSL.field("payload", String.class);
    public static final Field<String> METADATA = DSL.field("metadata", String.class);

    private static final String LAST_BEFORE = """
            with recursive search (low, high) as (
                select 0::bigint, (select coalesce(max(position), 0) + 1 from events.event)
                union all
                select case when e.recorded_at < cast(? as timestamptz) then e.position else low end,
                    case when e.recorded_at < cast(? as timestamptz) then high else e.position end
                from search join events.event e on e.position = (low + high) / 2
                where high - low > 1)
            select max(low) from search
            """;

    private StoredEvents() {}

    /**
     * The last position recorded before a moment; 0 if there is none. Found by halving, since positions have no gaps and
     * rise with time. Where several nodes write, times may be a little out of order: leave room on either side.
     */
    public static long lastBefore(DSLContext database, Instant moment) {
        OffsetDateTime time = moment.atOffset(ZoneOffset.UTC);
        return database.fetchSingle(LAST_BEFORE, time, time).into(long.class);
    }
}
