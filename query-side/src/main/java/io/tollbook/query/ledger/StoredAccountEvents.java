package io.tollbook.query.ledger;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.account.AccountEvent;
import io.tollbook.kernel.account.AccountId;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stored events of accounts, read page by page: no cursor stays open, so an export of any length keeps no connection
 * and no old row versions.
 */
@Component
class StoredAccountEvents {
    private static final int PAGE = 2_000;
    private static final String COLUMNS =
            "select position, stream, sequence, name, version, recorded_at, payload, metadata from events.event where ";
    private static final Map<String, ObjectReader> READERS = readers();

    private final JdbcTemplate database;

    StoredAccountEvents(DataSource dataSource) {
        database = new JdbcTemplate(dataSource);
    }

    /** One stored event. */
    record Stored(
            long position,
            String stream,
            long sequence,
            String name,
            Instant recordedAt,
            String payload,
            String metadata,
            AccountEvent event) {}

    /** Takes events one by one. */
    interface Reader {
        void take(Stored event) throws IOException;
    }

    /** Everybody's, in the order in which they happened. */
    void inOrder(long after, long last, Reader reader) throws IOException {
        long at = after;
        while (true) {
            List<Stored> page = database.query(
                    COLUMNS + "position > ? and position <= ? and name like 'account.%' order by position limit "
                            + PAGE,
                    STORED,
                    at,
                    last);
            for (Stored event : page) reader.take(event);
            if (page.size() < PAGE) return;
            at = page.getLast().position();
        }
    }

    /** One account's, in order. */
    void of(AccountId account, long after, long last, Reader reader) throws IOException {
        long sequence = -1;
        while (true) {
            List<Stored> page = database.query(
                    COLUMNS + "stream = ? and sequence > ? and position > ? and position <= ? order by sequence limit "
                            + PAGE,
                    STORED,
                    account.toString(),
                    sequence,
                    after,
                    last);
            for (Stored event : page) reader.take(event);
            if (page.size() < PAGE) return;
            sequence = page.getLast().sequence();
        }
    }

    /** One account's before one of its events, in order. */
    void before(AccountId account, long end, Reader reader) throws IOException {
        long sequence = -1;
        while (true) {
            List<Stored> page = database.query(
                    COLUMNS + "stream = ? and sequence > ? and sequence < ? order by sequence limit " + PAGE,
                    STORED,
                    account.toString(),
                    sequence,
                    end);
            for (Stored event : page) reader.take(event);
            if (page.size() < PAGE) return;
            sequence = page.getLast().sequence();
        }
    }

    /** How many one account has behind a position and up to another; more than {@code most} are not counted. */
    long count(AccountId account, long after, long last, long most) {
        return database.queryForObject(
                "select count(*) from (select from events.event where stream = ? and position > ? and position <= ?"
                        + " limit ?) one",
                Long.class,
                account.toString(),
                after,
                last,
                most);
    }

    /** Everybody's, one account after the other. */
    void byAccount(long last, Reader reader) throws IOException {
        String stream = "";
        long sequence = -1;
        while (true) {
            List<Stored> page = database.query(
                    COLUMNS + "(stream, sequence) > (?, ?) and stream like 'account-%' and position <= ?"
                            + " order by stream, sequence limit " + PAGE,
                    STORED,
                    stream,
                    sequence,
                    last);
            for (Stored event : page) reader.take(event);
            if (page.size() < PAGE) return;
            stream = page.getLast().stream();
            sequence = page.getLast().sequence();
        }
    }

    private static final RowMapper<Stored> STORED = (row, number) -> {
        String name = row.getString("name") + "." + row.getInt("version");
        ObjectReader reader = READERS.get(name);
        if (reader == null)
            throw new IllegalStateException("event " + row.getLong("position") + " is an unknown " + name);
        String payload = row.getString("payload");
        return new Stored(
                row.getLong("position"),
                row.getString("stream"),
                row.getLong("sequence"),
                name,
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                payload,
                row.getString("metadata"),
                reader.readValue(payload));
    };

    private static Map<String, ObjectReader> readers() {
        JsonMapper json = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        Map<String, ObjectReader> readers = new HashMap<>();
        for (Class<?> type : AccountEvent.class.getPermittedSubclasses()) {
            EventName name = type.getAnnotation(EventName.class);
            if (name != null) readers.put(name.value() + "." + name.version(), json.readerFor(type));
        }
        return Map.copyOf(readers);
    }
}
