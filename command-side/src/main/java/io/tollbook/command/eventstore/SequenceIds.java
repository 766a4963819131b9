package io.tollbook.command.eventstore;

import io.tollbook.kernel.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Numbers from the database's sequences, so that no two nodes hand out the same. */
public final class SequenceIds implements Ids {
    private final JdbcClient jdbc;

    public SequenceIds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public long next(Kind kind) {
        String sequence = switch (kind) {
            case USER -> "events.user_id";
            case TOKEN -> "events.token_id";
            case CHANNEL -> "events.channel_id";
        };
        return jdbc.sql("select nextval('" + sequence + "')").query(Long.class).single();
    }
}
