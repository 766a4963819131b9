package io.tollbook.command.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.RecordedMessages;
import io.tollbook.command.api.Api;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelKeys;
import io.tollbook.kernel.channel.DeleteChannelKeys;
import io.tollbook.kernel.channel.DisableChannelKey;
import io.tollbook.kernel.channel.EnableChannelKey;
import io.tollbook.kernel.channel.KeyCounts;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.channel.KeyState;
import io.tollbook.kernel.channel.ListedKey;
import io.tollbook.kernel.channel.ListedKeys;
import io.tollbook.kernel.channel.RetireChannelKey;
import io.tollbook.kernel.channel.RevealChannelKeys;
import io.tollbook.kernel.channel.SwitchChannelKeys;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Session;
import io.tollbook.kernel.user.Sessions;
import io.tollbook.kernel.user.SignIn;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ChannelKeyEndpointsTest {
    private static final Actor AS_ROOT = Actor.user(new UserId(1), Role.ROOT, "session", null);
    private static final Actor AS_ADMIN = Actor.user(new UserId(2), Role.ADMIN, "session", null);
    private static final Actor AS_ANN = Actor.user(new UserId(17), Role.USER, "session", null);
    private static final ChannelId ID = new ChannelId(5);
    private static final Instant SINCE = Instant.ofEpochSecond(1_700_000_000);
    private static final List<ListedKey> KEYS = List.of(
            new ListedKey(0, print(1), "sk-a…0001", KeyState.ENABLED, "", null, SINCE),
            new ListedKey(1, print(2), "sk-a…0002", KeyState.DISABLED_BY_HAND, "by hand", SINCE, null),
            new ListedKey(2, print(3), "sk-a…0003", KeyState.DISABLED_AUTOMATICALLY, "401: no", SINCE, null));

    private List<ListedKey> keys = KEYS;
    private final RecordedMessages messages = new RecordedMessages().answer(ChannelKeys.class, this::listed);
    private final Api api = new Api(new ChannelKeyEndpoints(messages, new OnePassword())).as(AS_ADMIN);

    private static KeyPrint print(int number) {
        return new KeyPrint(Integer.toString(number).repeat(32));
    }

    private ListedKeys listed(ChannelKeys query) {
        List<ListedKey> fitting = keys.stream()
                .filter(key -> query.state() == null || key.state() == query.state())
                .toList();
        return new ListedKeys(
                new Page<>(
                        fitting.stream()
                                .skip(query.paging().offset())
                                .limit(query.paging().limit())
                                .toList(),
                        fitting.size()),
                new KeyCounts(keys.size(), 1, 1));
    }

    private static final class OnePassword implements Sessions {
        @Override
        public boolean matches(UserId user, Secret password) {
            return password.reveal().equals("right");
        }

        @Override
        public Session signIn(SignIn wish) {
            throw new AssertionError();
        }

        @Override
        public Optional<Actor> resolve(Secret token, @Nullable String address) {
            throw new AssertionError();
        }

        @Override
        public Optional<Actor> resolveAccessToken(Secret token, @Nullable String address) {
            throw new AssertionError();
        }

        @Override
        public void signOut(Secret token) {
            throw new AssertionError();
        }

        @Override
        public void endAll(UserId user, @Nullable Secret except) {
            throw new AssertionError();
        }

        @Override
        public Secret hash(Secret password) {
            throw new AssertionError();
        }
    }

    private Api.Answer manage(String action, String more) {
        return api.post(
                "/api/channel/multi_key/manage", "{\"channel_id\":5,\"action\":\"" + action + "\"" + more + "}");
    }

    @Test
    void keysAreListedWithTheirState() {
        JsonNode data = manage("get_key_status", ",\"page\":1,\"page_size\":2")
                .succeeds()
                .data();
        assertThat(data.path("keys")).hasSize(2);
        assertThat(data.path("keys").get(0).path("key_preview").asString()).isEqualTo("sk-a…0001");
        assertThat(data.path("keys").get(0).path("retires_at").asLong()).isEqualTo(SINCE.getEpochSecond());
        JsonNode off = data.path("keys").get(1);
        assertThat(off.path("index").asInt()).isEqualTo(1);
        assertThat(off.path("status").asInt()).isEqualTo(2);
        assertThat(off.path("reason").asString()).isEqualTo("by hand");
        assertThat(off.path("disabled_time").asLong()).isEqualTo(SINCE.getEpochSecond());
        assertThat(data.path("total").asInt()).isEqualTo(3);
        assertThat(data.path("total_pages").asInt()).isEqualTo(2);
        assertThat(data.path("enabled_count").asInt()).isEqualTo(1);
        assertThat(data.path("manual_disabled_count").asInt()).isEqualTo(1);
        assertThat(data.path("auto_disabled_count").asInt()).isEqualTo(1);
        assertThat(manage("get_key_status", ",\"status\":3").succeeds().data().path("keys"))
                .hasSize(1);
        manage("get_key_status", ",\"status\":4").fails(200, "status is 1");
        manage("get_key_status", ",\"page_size\":-1").fails(200, "page_size");
    }

    @Test
    void oneKeyIsSwitchedRetiredAndDeleted() {
        manage("disable_key", ",\"key_index\":0").succeeds();
        assertThat(messages.commands().getLast())
                .isInstanceOfSatisfying(
                        DisableChannelKey.class, c -> assertThat(c.key()).isEqualTo(print(1)));
        manage("enable_key", ",\"key_index\":2").succeeds();
        assertThat(messages.commands().getLast())
                .isInstanceOfSatisfying(
                        EnableChannelKey.class, c -> assertThat(c.key()).isEqualTo(print(3)));
        manage("retire_key", ",\"key_index\":0,\"until\":2000000000").succeeds();
        assertThat(messages.commands().getLast())
                .isInstanceOfSatisfying(
                        RetireChannelKey.class,
                        c -> assertThat(c.until()).isEqualTo(Instant.ofEpochSecond(2_000_000_000)));
        manage("retire_key", ",\"key_index\":0,\"until\":0").succeeds();
        assertThat(messages.commands().getLast())
                .isInstanceOfSatisfying(
                        RetireChannelKey.class, c -> assertThat(c.until()).isNull());
        manage("delete_key", ",\"key_index\":1").succeeds();
        assertThat(messages.commands().getLast()).isEqualTo(new DeleteChannelKeys(ID, Set.of(print(2))));
    }

    @Test
    void allKeysAreSwitchedAndTheStoppedOnesDeleted() {
        manage("disable_all_keys", "").succeeds();
        assertThat(messages.commands().getLast()).isInstanceOfSatisfying(SwitchChannelKeys.class, c -> {
            assertThat(c.on()).isFalse();
            assertThat(c.keys()).hasSize(3);
        });
        manage("enable_all_keys", "").succeeds();
        messages.handle((command, actor) -> 1);
        assertThat(manage("delete_disabled_keys", "").succeeds().data().asInt()).isEqualTo(1);
        assertThat(messages.commands().getLast()).isEqualTo(new DeleteChannelKeys(ID, Set.of(print(3))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            frobnicate  |                    | The action must be
            disable_key |                    | key_index is missing
            disable_key | ,"key_index":-1    | key_index is missing
            disable_key | ,"key_index":3     | no key 3
            retire_key  | ,"key_index":0     | until is missing
            """)
    void refusesWhatCannotBe(String action, @Nullable String more, String why) {
        manage(action, more == null ? "" : more).fails(200, why);
        assertThat(messages.sent()).isEmpty();
    }

    @Test
    void aChannelWithOneKeyIsSwitchedItself() {
        keys = KEYS.subList(0, 1);
        manage("get_key_status", "").fails(200, "one key");
        manage("disable_key", ",\"key_index\":0").fails(200, "one key");
    }

    @Test
    void keysAreShownToRootWithThePasswordAgain() {
        messages.handle((command, actor) -> new Secret("sk-1\nsk-2"));
        api.post("/api/channel/5/key", "{\"password\":\"right\"}").fails(200, "may not");
        api.as(AS_ROOT);
        api.post("/api/channel/5/key", "{}").fails(403, "password again");
        api.post("/api/channel/5/key", "{\"password\":\"wrong\"}").fails(403, "wrong");
        assertThat(messages.sent()).isEmpty();
        Api.Answer answer =
                api.post("/api/channel/5/key", "{\"password\":\"right\"}").succeeds();
        assertThat(answer.data().path("key").asString()).isEqualTo("sk-1\nsk-2");
        assertThat(answer.response().getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(messages.commands()).singleElement().isInstanceOf(RevealChannelKeys.class);
    }

    @Test
    void keysAreForAdmins() {
        for (Actor actor : new Actor[] {AS_ANN, null}) {
            api.as(actor);
            int status = actor == null ? 401 : 200;
            manage("get_key_status", "").fails(status, "");
            manage("disable_all_keys", "").fails(status, "");
            api.post("/api/channel/5/key", "{\"password\":\"right\"}").fails(status, "");
        }
        assertThat(messages.sent()).isEmpty();
    }
}
