package io.tollbook.command.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.RecordedMessages;
import io.tollbook.command.api.Api;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.log.UsageLog;
import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogEndpointsTest {
    private static final Actor ROOT = Actor.user(new UserId(1), Role.ROOT, "session", null);
    private static final Actor ADMIN = Actor.user(new UserId(2), Role.ADMIN, "session", null);

    private final RecordedMessages messages =
            new RecordedMessages().answer(UsageLog.class, query -> new Page<>(List.of(), 17));
    private final Api api = new Api(new LogEndpoints(messages)).as(ROOT);

    @Test
    void rootTakesOldRowsOutOfTheLog() {
        api.delete("/api/log/?target_timestamp=1700000000").succeeds();
        assertThat(((ChangeOptions) messages.commands().getLast()).values())
                .isEqualTo(Map.of("tollbook.log_cleared_before", "1700000000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?target_timestamp=0", "?target_timestamp=-1", "?target_timestamp=253402300800"})
    void aMomentIsNeeded(String query) {
        api.delete("/api/log/" + query).fails(200, "moment in Unix seconds");
        assertThat(messages.commands()).isEmpty();
    }

    @Test
    void administratorsMayNot() {
        api.as(ADMIN).delete("/api/log/?target_timestamp=1700000000").fails(200, "may not");
        assertThat(messages.commands()).isEmpty();
    }
}
