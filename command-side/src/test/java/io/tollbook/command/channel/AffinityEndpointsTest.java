package io.tollbook.command.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.RecordedMessages;
import io.tollbook.command.api.Api;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.channel.AffinityCounts;
import io.tollbook.kernel.channel.ChannelAffinities;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AffinityEndpointsTest {
    private final List<String> forgotten = new ArrayList<>();
    private final RecordedMessages messages = new RecordedMessages().answer(Options.class, query -> Map.of());
    private final Api api = new Api(new AffinityEndpoints(messages, new ChannelAffinities() {
        @Override
        public List<AffinityCounts> counts() {
            return List.of(new AffinityCounts("codex", 7, 3, 2));
        }

        @Override
        public long remembered() {
            return 5;
        }

        @Override
        public void forget() {
            forgotten.add("all");
        }

        @Override
        public long forget(String rule) {
            forgotten.add(rule);
            return 2;
        }
    }));

    private void as(Role role) {
        api.as(Actor.user(new UserId(1), role, "session", null));
    }

    @Test
    void countsPlacesByRule() {
        as(Role.ROOT);
        var data = api.get("/api/option/channel_affinity_cache").succeeds().data();
        assertThat(data.path("enabled").asBoolean()).isTrue();
        assertThat(data.path("total").asLong()).isEqualTo(5);
        assertThat(data.path("unknown").asLong()).isEqualTo(3);
        assertThat(data.path("by_rule_name").path("codex").asLong()).isEqualTo(2);
        assertThat(data.path("hits_by_rule_name").path("codex").asLong()).isEqualTo(7);
        assertThat(data.path("misses_by_rule_name").path("codex").asLong()).isEqualTo(3);
        assertThat(data.path("cache_capacity").asLong()).isEqualTo(100_000);
    }

    @Test
    void forgetsAllOrARule() {
        as(Role.ROOT);
        String path = "/api/option/channel_affinity_cache";
        assertThat(api.delete(path + "?all=true")
                        .succeeds()
                        .data()
                        .path("deleted")
                        .asLong())
                .isEqualTo(5);
        assertThat(api.delete(path + "?rule_name=codex")
                        .succeeds()
                        .data()
                        .path("deleted")
                        .asLong())
                .isEqualTo(2);
        api.delete(path).fails(200, "one of the two");
        api.delete(path + "?all=true&rule_name=codex").fails(200, "one of the two");
        assertThat(forgotten).containsExactly("all", "codex");
    }

    @Test
    void isForRoot() {
        as(Role.ADMIN);
        api.get("/api/option/channel_affinity_cache").fails(200, "may not");
        api.delete("/api/option/channel_affinity_cache?all=true").fails(200, "may not");
        assertThat(forgotten).isEmpty();
    }
}
