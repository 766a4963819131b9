package io.tollbook.command.account;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The processes that share this database. Each writes that it lives; one whose sign of life has not moved for a while, as
 * watched from here, is dead and its holds are free to be released.
 */
public final class Nodes {
    private static final Logger log = LoggerFactory.getLogger(Nodes.class);
    static final Duration SILENCE_MAX = Duration.ofSeconds(15);

    private record Sign(Instant seenAt, long heardNanos) {}

    private final JdbcClient jdbc;
    private final String self;
    private final Map<String, Sign> signs = new HashMap<>();

    /** @param exclusive whether no other process can be using this database, so that all others are dead */
    public Nodes(JdbcClient jdbc, String self, boolean exclusive) {
        this.jdbc = jdbc;
        this.self = self;
        if (exclusive) jdbc.sql("delete from events.node").update();
        beat();
    }

    public String self() {
        return self;
    }

    /** Says that this process lives, and forgets processes that died long ago. */
    public void beat() {
        try {
            OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
            jdbc.sql("""
                            insert into events.node (id, started_at, seen_at) values (:id, :now, :now)
                            on conflict (id) do update set seen_at = excluded.seen_at
                            """).param("id", self).param("now", now).update();
            jdbc.sql("delete from events.node where seen_at < :long_ago")
                    .param("long_ago", now.minusHours(1))
                    .update();
        } catch (DataAccessException e) {
            log.debug("no sign of life could be written", e);
        }
    }

    /** The processes that live, this one included. */
    public synchronized Set<String> living() {
        long now = System.nanoTime();
        Set<String> living = new HashSet<>();
        living.add(self);
        jdbc.sql("select id, seen_at from events.node")
                .query((row, n) -> Map.entry(
                        row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant()))
                .list()
                .forEach(entry -> {
                    Sign known = signs.get(entry.getKey());
                    if (known == null || !known.seenAt.equals(entry.getValue())) {
                        known = new Sign(entry.getValue(), now);
                        signs.put(entry.getKey(), known);
                    }
                    if (now - known.heardNanos < SILENCE_MAX.toNanos()) living.add(entry.getKey());
                });
        return living;
    }
}
