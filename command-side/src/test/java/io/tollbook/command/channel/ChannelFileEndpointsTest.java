package io.tollbook.command.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.RecordedMessages;
import io.tollbook.command.api.Api;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.channel.ChangeChannels;
import io.tollbook.kernel.channel.ChannelAddresses;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.channel.KeyCounts;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChannelFileEndpointsTest {
    private static final Actor AS_ADMIN = Actor.user(new UserId(2), Role.ADMIN, "session", null);
    private static final Actor AS_AUDITOR = Actor.user(new UserId(3), Role.AUDITOR, "session", null);
    private static final Actor AS_ANN = Actor.user(new UserId(17), Role.USER, "session", null);
    private static final ChannelTerms TERMS = new ChannelTerms(
            1, "main", "", List.of("gpt"), List.of("default"), 0, 1, true, "", "", "", Map.of(), Map.of());
    private static final String CHANGE =
            "channels:\n  - name: main\n    priority: 5\n  - name: fresh\n    key: sk-1\n    models: [gpt]\n";

    private final RecordedMessages messages = new RecordedMessages()
            .answer(
                    Channels.class,
                    query -> new Page<>(
                            List.of(new ChannelSummary(
                                    new ChannelId(5),
                                    TERMS,
                                    ChannelStatus.ENABLED,
                                    "",
                                    null,
                                    KeyCounts.ONE,
                                    Quota.ZERO,
                                    Instant.EPOCH,
                                    null,
                                    false,
                                    0,
                                    "")),
                            1));
    private final Api api =
            new Api(new ChannelFileEndpoints(messages, kind -> 101, new YamlChannelFiles(new Anywhere()))).as(AS_ADMIN);

    private static final class Anywhere implements ChannelAddresses {
        @Override
        public void check(ChannelTerms terms) {}

        @Override
        public String warning(ChannelTerms terms) {
            return "";
        }
    }

    private Api.Answer load(String yaml, String more) {
        return api.post(
                "/api/channel/import", "{\"yaml\":" + JsonMapper.shared().writeValueAsString(yaml) + more + "}");
    }

    @Test
    void saysWhatAFileWouldChangeAndChangesItWhenAsked() {
        JsonNode data = load(CHANGE, "").succeeds().data();
        assertThat(data.path("applied").asBoolean()).isFalse();
        assertThat(data.path("created").get(0).asString()).isEqualTo("fresh");
        JsonNode field = data.path("changed").get(0).path("fields").get(0);
        assertThat(field.path("field").asString()).isEqualTo("priority");
        assertThat(field.path("before").asString()).isEqualTo("0");
        assertThat(field.path("after").asString()).isEqualTo("5");
        assertThat(messages.sent()).isEmpty();

        assertThat(load(CHANGE, ",\"apply\":true")
                        .succeeds()
                        .data()
                        .path("applied")
                        .asBoolean())
                .isTrue();
        assertThat(messages.commands()).singleElement().isInstanceOfSatisfying(ChangeChannels.class, command -> {
            assertThat(command.created())
                    .singleElement()
                    .satisfies(draft -> assertThat(draft.channel()).isEqualTo(new ChannelId(101)));
            assertThat(command.changed())
                    .singleElement()
                    .satisfies(change -> assertThat(change.after().priority()).isEqualTo(5));
        });
    }

    @Test
    void aFaultyFileChangesNothing() {
        load(CHANGE + "    colour: red\n", ",\"apply\":true").fails(200, "Line 7: a channel has no field “colour”.");
        api.post("/api/channel/import", "{}").fails(200, "send it as");
        assertThat(messages.sent()).isEmpty();
    }

    @Test
    void aFileThatSaysWhatIsSoDoesNothing() {
        String yaml =
                new String(api.get("/api/channel/export").response().getContentAsByteArray(), StandardCharsets.UTF_8);
        assertThat(yaml).contains("name: main");
        JsonNode data = load(yaml, ",\"apply\":true").succeeds().data();
        assertThat(data.path("applied").asBoolean()).isFalse();
        assertThat(data.path("unchanged").get(0).asLong()).isEqualTo(5);
        assertThat(messages.sent()).isEmpty();
    }

    @Test
    void auditorsReadTheFileAndUsersDoNot() {
        api.as(AS_AUDITOR);
        assertThat(api.get("/api/channel/export").response().getStatus()).isEqualTo(200);
        load(CHANGE, ",\"apply\":true").fails(200, "");
        api.as(AS_ANN);
        api.get("/api/channel/export").fails(200, "may not");
        load(CHANGE, "").fails(200, "may not");
        assertThat(messages.sent()).isEmpty();
    }
}
