package io.tollbook.command.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.TestDatabase;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.user.DisableUser;
import io.tollbook.kernel.user.RegisterUser;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class SealAheadTest {
    @TempDir
    Path data;

    private final JdbcClient jdbc = JdbcClient.create(TestDatabase.dataSource());

    private List<String> subjects() {
        return jdbc.sql("select subject from events.subject_key order by subject")
                .query(String.class)
                .list();
    }

    @Test
    void aKeyIsThereBeforeTheCommandIs() {
        jdbc.sql("truncate events.subject_key").update();
        SealAhead ahead = new SealAhead(SubjectVault.open(jdbc, data, name -> null));

        ahead.handle(new GenericCommandMessage<>(
                new RegisterUser(new UserId(17), "ann", "Ann", Role.USER, "default", null, Quota.ZERO, Instant.EPOCH)));
        ahead.handle(new GenericCommandMessage<>(new ChangeOptions(Map.of(), Instant.EPOCH)));
        ahead.handle(new GenericCommandMessage<>(new DisableUser(new UserId(18))));

        assertThat(subjects()).containsExactly(SubjectVault.CHECK, "site", "user-17");
    }
}
