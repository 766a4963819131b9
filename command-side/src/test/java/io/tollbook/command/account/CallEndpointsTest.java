package io.tollbook.command.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.RecordedMessages;
import io.tollbook.command.api.Api;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.ReleaseOpenHold;
import io.tollbook.kernel.account.ReopenCall;
import io.tollbook.kernel.account.Resolution;
import io.tollbook.kernel.account.ResolveCall;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallEndpointsTest {
    private static final Actor ADMIN = Actor.user(new UserId(2), Role.ADMIN, "session", null);
    private static final Actor ANN = Actor.user(new UserId(17), Role.USER, "session", null);

    private final RecordedMessages messages = new RecordedMessages();
    private final Api api = new Api(new CallEndpoints(messages)).as(ADMIN);

    @Test
    void releasesAHold() {
        api.post("/api/hold/h1/release", "{\"account\":17,\"reason\":\"hangs\"}")
                .succeeds();

        assertThat(messages.commands()).singleElement().isInstanceOfSatisfying(ReleaseOpenHold.class, command -> {
            assertThat(command.account()).isEqualTo(new AccountId(17));
            assertThat(command.hold()).isEqualTo(new HoldId("h1"));
            assertThat(command.reason().words()).isEqualTo("hangs");
        });
    }

    @ParameterizedTest
    @CsvSource({"charge, 40, CHARGED", "write_off, 0, WRITTEN_OFF", "leave, 0, LEFT_WITH_CUSTOMER"})
    void resolvesACall(String word, long quota, Resolution resolution) {
        api.post(
                        "/api/unresolved/h1/resolve",
                        "{\"account\":17,\"resolution\":\"" + word + "\",\"quota\":" + quota + ",\"reason\":\"bill\"}")
                .succeeds();

        assertThat(messages.commands()).singleElement().isInstanceOfSatisfying(ResolveCall.class, command -> {
            assertThat(command.resolution()).isEqualTo(resolution);
            assertThat(command.charge()).isEqualTo(Quota.of(quota));
        });
    }

    @Test
    void reopensACall() {
        api.post("/api/unresolved/h1/reopen", "{\"account\":17,\"reason\":\"wrong\"}")
                .succeeds();

        assertThat(messages.commands()).singleElement().isInstanceOf(ReopenCall.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"account\":17,\"resolution\":\"charge\",\"quota\":0,\"reason\":\"x\"}",
                "{\"account\":17,\"resolution\":\"charge\",\"quota\":-1,\"reason\":\"x\"}",
                "{\"account\":17,\"resolution\":\"leave\",\"quota\":1,\"reason\":\"x\"}",
                "{\"account\":17,\"resolution\":\"burn\",\"reason\":\"x\"}",
                "{\"account\":17,\"reason\":\"x\"}",
                "{\"account\":0,\"resolution\":\"leave\",\"reason\":\"x\"}",
                "{\"resolution\":\"leave\",\"reason\":\"x\"}",
                "{\"account\":17,\"resolution\":\"leave\",\"reason\":\" \"}",
                "{\"account\":17,\"resolution\":\"leave\"}"
            })
    void sendsNothingThatIsNotWhole(String body) {
        assertThat(api.post("/api/unresolved/h1/resolve", body)
                        .body()
                        .path("success")
                        .asBoolean(true))
                .isFalse();
        assertThat(messages.commands()).isEmpty();
    }

    @Test
    void tellsThatSomebodyWasFaster() {
        messages.handle((command, actor) -> {
            throw new Refused(Refusal.HOLD_RESOLVED);
        });
        api.post("/api/hold/h1/release", "{\"account\":17,\"reason\":\"hangs\"}")
                .fails(200, Refusal.HOLD_RESOLVED.message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/hold/h1/release", "/api/unresolved/h1/resolve", "/api/unresolved/h1/reopen"})
    void isForAdministrators(String path) {
        String body = "{\"account\":17,\"resolution\":\"leave\",\"reason\":\"x\"}";
        assertThat(api.as(ANN).post(path, body).body().path("success").asBoolean(true))
                .isFalse();
        assertThat(api.as(Actor.guest(null)).post(path, body).response().getStatus())
                .isEqualTo(401);
        assertThat(messages.commands()).isEmpty();
    }
}
