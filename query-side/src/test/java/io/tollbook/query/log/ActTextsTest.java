package io.tollbook.query.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.Calls;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActTextsTest {
    private final long id = TestSystem.number();

    private List<String> contents() {
        return TestSystem.views()
                .fetch("select content from views.usage_log where user_id = " + id + " order by position")
                .getValues(0, String.class);
    }

    @Test
    void quotaHasThousandsSeparatorsAndRowsOfThePastGetThem() throws Exception {
        TestSystem.publish(World.grant(id, "large", 1_234_567_890_123L, 1_234_567_890_123L, null));
        TestSystem.publish(
                World.grant(id, "small", 999, 1_234_567_891_122L, null),
                Calls.held(id, id, id + "-1", 1_000, 1_234_567_890_122L));
        TestSystem.publish(
                Map.of("reason", "seen 5000 quota on the bill"),
                Calls.released(id, id, id + "-1", 1_000, ReleaseCause.BY_HAND, "", 1_234_567_891_122L));
        List<String> shown = contents();
        assertThat(shown).hasSize(3);
        assertThat(shown.get(0)).startsWith("Added 1,234,567,890,123 quota: ");
        assertThat(shown.get(1)).startsWith("Added 999 quota: ");
        assertThat(shown.get(2)).isEqualTo("Released a hold of 1,000 quota: seen 5000 quota on the bill");

        TestSystem.views()
                .execute("update views.usage_log set content = replace(content, ',', '') where user_id = " + id);
        assertThat(contents()).isNotEqualTo(shown);
        for (int i = 0; i < 2; i++) {
            migrate();
            assertThat(contents()).isEqualTo(shown);
        }
    }

    @Test
    void whatAnAuditorLookedAtStandsInTheirOwnLog() {
        UserId auditor = new UserId(id);
        Instant now = Instant.now();
        TestSystem.publish(
                new DataViewed(
                        auditor, DataViewed.What.LOG, true, new UserId(17), List.of("model=gpt", "username"), now),
                new DataViewed(auditor, DataViewed.What.USERS, false, null, List.of(), now));
        assertThat(contents())
                .containsExactly("Exported the log of user 17: model=gpt, username", "Viewed the list of everybody");
    }

    private static void migrate() throws Exception {
        try (InputStream sql = ActTextsTest.class.getResourceAsStream("/db/views/V8__log_texts.sql")) {
            TestSystem.views()
                    .connection(connection -> connection
                            .createStatement()
                            .execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8)));
        }
    }
}
