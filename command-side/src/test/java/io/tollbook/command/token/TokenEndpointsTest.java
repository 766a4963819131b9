package io.tollbook.command.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.ReadableVault;
import io.tollbook.command.RecordedMessages;
import io.tollbook.command.api.Api;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.token.ChangeToken;
import io.tollbook.kernel.token.CreateToken;
import io.tollbook.kernel.token.DeleteToken;
import io.tollbook.kernel.token.DisableToken;
import io.tollbook.kernel.token.EnableToken;
import io.tollbook.kernel.token.TokenById;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.token.TokenKeyOf;
import io.tollbook.kernel.token.TokenStatus;
import io.tollbook.kernel.token.TokenSummary;
import io.tollbook.kernel.token.TokenTerms;
import io.tollbook.kernel.token.TokensOf;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointsTest {
    private static final UserId ANN = new UserId(17);
    private static final Actor AS_ANN = Actor.user(ANN, Role.USER, "session", null);
    private static final TokenId KEY = new TokenId(3);
    private static final TokenTerms TERMS = new TokenTerms(
            "first",
            Instant.ofEpochSecond(2_000_000_000),
            Quota.of(700),
            true,
            List.of("a", "b"),
            List.of("10.0.0.1"),
            "vip",
            true);

    private TokenStatus status = TokenStatus.ENABLED;
    private final AtomicLong keys = new AtomicLong();
    private final ReadableVault vault = new ReadableVault();
    private final RecordedMessages messages = new RecordedMessages()
            .answer(Options.class, query -> Map.of("token_setting.max_user_tokens", "2"))
            .answer(TokensOf.class, query -> new Page<>(List.of(), keys.get()))
            .answer(
                    TokenById.class,
                    query -> query.token().equals(KEY) && query.owner().equals(ANN)
                            ? Optional.of(new TokenSummary(
                                    KEY, ANN, "abcd…WXYZ", TERMS, status, Quota.of(5), Instant.EPOCH, null))
                            : Optional.empty())
            .answer(
                    TokenKeyOf.class,
                    query -> query.token().equals(KEY) && query.owner().equals(ANN)
                            ? Optional.of(vault.seal("user-17", "the key"))
                            : Optional.empty());
    private final Api api = new Api(new TokenEndpoints(messages, ids(), vault)).as(AS_ANN);

    private static Ids ids() {
        AtomicLong next = new AtomicLong(100);
        return kind -> next.incrementAndGet();
    }

    private TokenTerms created(String body) {
        api.post("/api/token/", body).succeeds();
        return ((CreateToken) messages.commands().getLast()).terms();
    }

    @Test
    void makesAKeyWithEverything() {
        TokenTerms terms = created("""
                {"name":" first ","expired_time":2000000000,"remain_quota":700,"unlimited_quota":false,
                 "model_limits_enabled":true,"model_limits":"a, b,,a","allow_ips":"10.0.0.1\\n\\n","group":"vip",
                 "cross_group_retry":true}""");

        assertThat(terms).isEqualTo(TERMS);
        CreateToken command = (CreateToken) messages.commands().getLast();
        assertThat(command.owner()).isEqualTo(ANN);
        assertThat(command.key().reveal()).matches("[A-Za-z0-9]{48}");
        assertThat(messages.sent().getLast().actor()).isEqualTo(AS_ANN);
    }

    @Test
    void makesAKeyWithNothing() {
        assertThat(created("{}"))
                .isEqualTo(new TokenTerms("", null, Quota.ZERO, false, List.of(), List.of(), "", false));
    }

    @Test
    void unlimitedAndEverlasting() {
        TokenTerms terms = created("{\"unlimited_quota\":true,\"remain_quota\":5,\"expired_time\":-1}");
        assertThat(terms.remaining()).isNull();
        assertThat(terms.expiresAt()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"012345678901234567890123456789012345678901234567890\"}",
                "{\"remain_quota\":-1}",
                "{\"remain_quota\":500000000000001}",
                "{\"expired_time\":-2}",
                "{\"expired_time\":253402300800}",
            })
    void refusesWhatIsOutOfBounds(String body) {
        api.post("/api/token/", body).fails(200, "");
        assertThat(messages.sent()).isEmpty();
    }

    @Test
    void boundsAreInside() {
        created("{\"name\":\"" + "n".repeat(50) + "\",\"remain_quota\":500000000000000,\"expired_time\":253402300799}");
    }

    @Test
    void refusesNumbersThatAreNone() {
        api.post("/api/token/", "{\"remain_quota\":1.5}").fails(400, "JSON");
        api.post("/api/token/", "{\"remain_quota\":9223372036854775808}").fails(400, "JSON");
        api.post("/api/token/", "null").fails(400, "JSON");
    }

    @Test
    void stopsAtTheHighestNumberOfKeysAlsoWhenManyAreMadeAtOnce() {
        messages.handle((command, actor) -> keys.incrementAndGet());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) threads.submit(() -> api.post("/api/token/", "{}"));
        }
        assertThat(messages.sent()).hasSize(2);
        api.post("/api/token/", "{}").fails(200, "highest number");
    }

    @Test
    void aChangeKeepsWhatItDoesNotSay() {
        api.put("/api/token/", "{\"id\":3,\"name\":\"second\"}").succeeds();

        assertThat(messages.commands())
                .containsExactly(new ChangeToken(
                        KEY,
                        ANN,
                        new TokenTerms(
                                "second",
                                TERMS.expiresAt(),
                                TERMS.remaining(),
                                true,
                                TERMS.models(),
                                TERMS.addresses(),
                                "vip",
                                true)));
    }

    @Test
    void aChangeAnswersWithTheKeyMasked() {
        var answer = api.put("/api/token/", "{\"id\":3,\"name\":\"second\"}").succeeds();
        answer.hasFields("""
                id user_id key status name created_time accessed_time expired_time remain_quota
                unlimited_quota model_limits_enabled model_limits allow_ips used_quota group
                cross_group_retry DeletedAt""".split("\\s+"));
        assertThat(answer.data().path("key").asString()).isEqualTo("abcd**********WXYZ");
    }

    @Test
    void theStatusAloneChangesNothingElse() {
        api.put("/api/token/?status_only=true", "{\"id\":3,\"status\":2,\"name\":\"x\"}")
                .succeeds();
        assertThat(messages.commands()).containsExactly(new DisableToken(KEY, ANN));
        api.put("/api/token/?status_only=true", "{\"id\":3,\"status\":1}").succeeds();
        assertThat(messages.commands().getLast()).isInstanceOf(EnableToken.class);
        api.put("/api/token/?status_only=true", "{\"id\":3,\"status\":4}").fails(200, "1 (enabled) or 2");
    }

    @Test
    void anObjectSentBackWholeDoesNotWishForTheStatusItHas() {
        status = TokenStatus.EXHAUSTED;
        api.put("/api/token/", "{\"id\":3,\"status\":4}").succeeds();
        assertThat(messages.commands()).hasSize(1).first().isInstanceOf(ChangeToken.class);
        api.put("/api/token/", "{\"id\":3,\"status\":2}").succeeds();
        assertThat(messages.commands().getLast()).isEqualTo(new DisableToken(KEY, ANN));
    }

    @Test
    void somebodyElsesKeyIsNoKey() {
        api.put("/api/token/", "{\"id\":4}").fails(200, "no such key");
        api.put("/api/token/", "{}").fails(200, "number from 1");
        api.post("/api/token/4/key", "").fails(200, "no such key");
        assertThat(messages.sent()).isEmpty();
    }

    @Test
    void deletesOneAndSome() {
        api.delete("/api/token/3").succeeds();
        assertThat(messages.commands()).containsExactly(new DeleteToken(KEY, ANN));
        messages.handle((command, actor) -> {
            if (((DeleteToken) command).token().value() == 5) throw new Refused(Refusal.NOT_FOUND);
            return null;
        });
        var answer = api.post("/api/token/batch", "{\"ids\":[3,4,5,4]}").succeeds();
        assertThat(answer.data().asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"ids\":[]}", "{\"ids\":[0]}", "{\"ids\":[null]}", "{\"ids\":[3,-1]}"})
    void aSelectionNamesKeys(String body) {
        api.post("/api/token/batch", body).fails(200, "");
        api.post("/api/token/batch/keys", body).fails(200, "");
        assertThat(messages.sent()).isEmpty();
    }

    @Test
    void aSelectionHasAnEnd() {
        String ids = "3,".repeat(100) + "3";
        api.post("/api/token/batch/keys", "{\"ids\":[" + ids + "]}").fails(200, "1 to 100");
        api.post("/api/token/batch/keys", "{\"ids\":[" + ids.substring(2) + "]}")
                .succeeds();
    }

    @Test
    void showsKeysToTheirOwner() {
        assertThat(api.post("/api/token/3/key", "")
                        .succeeds()
                        .data()
                        .path("key")
                        .asString())
                .isEqualTo("the key");
        assertThat(api.post("/api/token/batch/keys", "{\"ids\":[3]}")
                        .succeeds()
                        .data()
                        .path("keys")
                        .path("3")
                        .asString())
                .isEqualTo("the key");
    }

    @Test
    void showsKeysOnlySoOften() {
        for (int i = 0; i < 60; i++) api.post("/api/token/3/key", "").succeeds();
        assertThat(api.post("/api/token/3/key", "").response().getStatus()).isEqualTo(429);
        assertThat(api.post("/api/token/3/key", "").response().getContentLength())
                .isZero();
    }

    @Test
    void guestsHaveNoKeys() {
        api.as(null);
        api.post("/api/token/", "{}").fails(401, "sign in");
        api.put("/api/token/", "{\"id\":3}").fails(401, "sign in");
        api.delete("/api/token/3").fails(401, "sign in");
        api.post("/api/token/batch", "{\"ids\":[3]}").fails(401, "sign in");
        api.post("/api/token/3/key", "").fails(401, "sign in");
        api.post("/api/token/batch/keys", "{\"ids\":[3]}").fails(401, "sign in");
    }

    @Test
    void aPathThatIsNoNumberIsMalformed() {
        api.delete("/api/token/abc").fails(400, "id has the wrong form");
        api.delete("/api/token/0").fails(200, "number from 1");
    }
}
