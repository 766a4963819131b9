package io.tollbook.command.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.RecordedMessages;
import io.tollbook.command.api.Api;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.channel.ChangeChannels;
import io.tollbook.kernel.channel.ChannelById;
import io.tollbook.kernel.channel.ChannelChange;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.channel.CopyChannel;
import io.tollbook.kernel.channel.KeyCounts;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelTagEndpointsTest {
    private static final Actor AS_ADMIN = Actor.user(new UserId(2), Role.ADMIN, "session", null);
    private static final Actor AS_ANN = Actor.user(new UserId(17), Role.USER, "session", null);

    private final RecordedMessages messages = new RecordedMessages()
            .answer(
                    ChannelById.class,
                    query -> query.channel().value() < 7
                            ? Optional.of(summary(query.channel().value()))
                            : Optional.empty())
            .answer(
                    Channels.class,
                    query -> "paid".equals(query.filter().tag())
                            ? new Page<>(List.of(summary(5), summary(6)), 2)
                            : new Page<>(List.of(), 0));
    private final Api api = new Api(new ChannelTagEndpoints(messages, kind -> 101)).as(AS_ADMIN);

    private static ChannelSummary summary(long id) {
        ChannelTerms terms = new ChannelTerms(
                1,
                "c" + id,
                "",
                List.of("a"),
                List.of("default"),
                id,
                1,
                true,
                "paid",
                "",
                "",
                Map.of(),
                Map.of("setting", "{}"));
        return new ChannelSummary(
                new ChannelId(id),
                terms,
                ChannelStatus.ENABLED,
                "",
                null,
                KeyCounts.ONE,
                Quota.ZERO,
                Instant.EPOCH,
                null,
                false,
                0,
                "");
    }

    private List<ChannelChange> changes() {
        return ((ChangeChannels) messages.commands().getLast()).changed();
    }

    @Test
    void someGetATagTogether() {
        assertThat(api.post("/api/channel/batch/tag", "{\"ids\":[5,6],\"tag\":\" spare \"}")
                        .succeeds()
                        .data()
                        .asInt())
                .isEqualTo(2);
        assertThat(changes()).extracting(change -> change.after().tag()).containsExactly("spare", "spare");
        assertThat(changes()).extracting(change -> change.after().priority()).containsExactly(5L, 6L);
        api.post("/api/channel/batch/tag", "{\"ids\":[5],\"tag\":null}").succeeds();
        assertThat(changes()).extracting(change -> change.after().tag()).containsExactly("");
        api.post("/api/channel/batch/tag", "{\"ids\":[],\"tag\":\"x\"}").fails(200, "Choose 1 to");
        api.post("/api/channel/batch/tag", "{\"ids\":[5,9],\"tag\":\"x\"}").fails(200, "no channel 9");
        assertThat(messages.sent()).hasSize(2);
    }

    @Test
    void aTagIsSwitched() {
        api.post("/api/channel/tag/disabled", "{\"tag\":\"paid\"}").succeeds();
        assertThat(changes()).extracting(ChannelChange::enabled).containsExactly(false, false);
        api.post("/api/channel/tag/enabled", "{\"tag\":\"paid\"}").succeeds();
        assertThat(changes()).extracting(ChannelChange::enabled).containsExactly(true, true);
        api.post("/api/channel/tag/enabled", "{\"tag\":\"\"}").fails(200, "tag is missing");
        api.post("/api/channel/tag/enabled", "{\"tag\":\"none\"}").fails(200, "No channel has the tag");
    }

    @Test
    void aTagIsEdited() {
        api.put("/api/channel/tag", """
                        {"tag":"paid","new_tag":"gold","priority":3,"weight":null,"models":"a,b","groups":"vip","model_mapping":"{\\"a\\":\\"x\\"}",
                         "param_override":"{\\"user\\":\\"x\\"}","header_override":"{\\"X-Org\\":\\"lab\\"}"}""").succeeds();
        ChannelTerms after = changes().getLast().after();
        assertThat(after.name()).isEqualTo("c6");
        assertThat(after.tag()).isEqualTo("gold");
        assertThat(after.priority()).isEqualTo(3);
        assertThat(after.weight()).isEqualTo(1);
        assertThat(after.models()).containsExactly("a", "b");
        assertThat(after.groups()).containsExactly("vip");
        assertThat(after.modelMapping()).isEqualTo(Map.of("a", "x"));
        assertThat(after.extra())
                .isEqualTo(Map.of(
                        "setting",
                        "{}",
                        "param_override",
                        "{\"user\":\"x\"}",
                        "header_override",
                        "{\"X-Org\":\"lab\"}"));
        api.put("/api/channel/tag", "{\"tag\":\"paid\",\"models\":\"\",\"groups\":\"\"}")
                .succeeds();
        assertThat(changes().getLast().after()).isEqualTo(changes().getLast().before());
        api.put("/api/channel/tag", "{}").fails(200, "tag is missing");
        api.put("/api/channel/tag", "{\"tag\":\"paid\",\"priority\":\"high\"}").fails(400, "priority");
    }

    @Test
    void aChannelIsCopied() {
        assertThat(api.post("/api/channel/copy/5?suffix=_2&reset_balance=true", "")
                        .succeeds()
                        .data()
                        .path("id")
                        .asInt())
                .isEqualTo(101);
        assertThat(messages.commands()).singleElement().isInstanceOfSatisfying(CopyChannel.class, copy -> {
            assertThat(copy.source()).isEqualTo(new ChannelId(5));
            assertThat(copy.suffix()).isEqualTo("_2");
        });
    }

    @Test
    void tagsAreForAdmins() {
        for (Actor actor : new Actor[] {AS_ANN, null}) {
            api.as(actor);
            int status = actor == null ? 401 : 200;
            api.post("/api/channel/batch/tag", "{\"ids\":[5],\"tag\":\"x\"}").fails(status, "");
            api.post("/api/channel/tag/enabled", "{\"tag\":\"paid\"}").fails(status, "");
            api.put("/api/channel/tag", "{\"tag\":\"paid\"}").fails(status, "");
            api.post("/api/channel/copy/5", "").fails(status, "");
        }
        assertThat(messages.sent()).isEmpty();
    }
}
