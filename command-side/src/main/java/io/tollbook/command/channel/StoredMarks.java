package io.tollbook.command.channel;

import io.tollbook.kernel.channel.IncidentMarks;
import io.tollbook.kernel.user.UserId;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Marks in a table: whoever reads on one node has read on all. */
@Component
final class StoredMarks implements IncidentMarks {
    private final JdbcClient jdbc;

    StoredMarks(@Qualifier("eventsDataSource") DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public long read(UserId user) {
        return jdbc.sql("select position from events.incident_mark where user_id = :user")
                .param("user", user.value())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    @Override
    public void mark(UserId user, long position) {
        jdbc.sql("""
                        insert into events.incident_mark (user_id, position) values (:user, :position)
                        on conflict (user_id) do update
                        set position = greatest(events.incident_mark.position, excluded.position)
                        """).param("user", user.value()).param("position", position).update();
    }
}
