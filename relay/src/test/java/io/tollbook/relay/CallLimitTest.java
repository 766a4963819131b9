package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.account.HoldFunds;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.limit.CallLimit;
import io.tollbook.kernel.limit.CallLimits;
import io.tollbook.kernel.limit.CallScope;
import io.tollbook.kernel.limit.LimitReached;
import io.tollbook.kernel.settings.Option;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The ledger decides how many calls a customer may make; the relay says what binds each and tells the client. */
class CallLimitTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String RESPONSES = "/v1/responses";
    private static final String CLAUDE = "/v1/messages";
    private static final String GEMINI = "/v1beta/models/gpt:generateContent";
    private static final LimitReached FULL = LimitReached.rate(CallScope.USER, "gpt", 100, true, 1, 42);

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    @Test
    void saysNothingOfLimitsWhileThereAreNone() throws Exception {
        assertThat(limitsOfACall()).isNull();
    }

    @Test
    void saysWhatBindsTheCallFromTheNextOneAfterAChange() throws Exception {
        site.set(Option.LIMITS_USERS, "true");
        site.set(Option.LIMIT_CALLS, 7);
        Instant before = Instant.now();
        CallLimits limits = Objects.requireNonNull(limitsOfACall());
        assertThat(limits.rates()).containsExactly(new CallLimit(CallScope.USER, 7, 1_000));
        assertThat(limits.windowMinutes()).isEqualTo(1);
        assertThat(limits.at()).isBetween(before, Instant.now());

        site.ledger.reset();
        site.set(Option.LIMIT_GROUPS, "{\"default\":[5,4]}");
        assertThat(Objects.requireNonNull(limitsOfACall()).rates())
                .containsExactly(new CallLimit(CallScope.USER, 5, 4));

        site.ledger.reset();
        site.set(Option.LIMITS_USERS, "false");
        assertThat(limitsOfACall()).isNull();
    }

    @Test
    void saysWhatBindsItsKeyAndModelAndHowManyMayBeOpen() throws Exception {
        site.set(Option.LIMIT_TOKEN_SUCCESSES, 3);
        site.set(Option.LIMIT_MODELS, "{\"gpt\":[2,1],\"other\":[1,1]}");
        site.set(Option.LIMIT_USER_OPEN, 9);
        site.set(Option.LIMIT_TOKEN_OPEN, 8);
        CallLimits limits = Objects.requireNonNull(limitsOfACall());
        assertThat(limits.rates())
                .containsExactly(new CallLimit(CallScope.TOKEN, 0, 3), new CallLimit(CallScope.MODEL, 2, 1));
        assertThat(limits.openOfUser()).isEqualTo(9);
        assertThat(limits.openOfToken()).isEqualTo(8);
    }

    /** It costs nothing, but its hold of nothing is a hold. */
    @Test
    void aFreeCallIsLimitedToo() throws Exception {
        site.set(Option.FREE_MODELS, "true");
        site.set(Option.LIMIT_USER_OPEN, 9);
        site.directory.channel(1, site.first.baseUrl(), 10, List.of("free"));
        site.directory.changed();
        site.first.answers(200, RelaySite.WHOLE);
        site.answer(RelaySite.ask("").replace("\"gpt\"", "\"free\""));
        HoldFunds hold = site.ledger.hold().command();
        assertThat(hold.worstCase()).isEqualTo(Quota.ZERO);
        assertThat(hold.limits()).isNotNull();
    }

    private static @Nullable CallLimits limitsOfACall() throws Exception {
        site.first.answers(200, RelaySite.WHOLE);
        assertThat(site.answer(RelaySite.ask("")).status()).isEqualTo(200);
        site.awaitIdle();
        return site.ledger.hold().command().limits();
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT, RESPONSES, CLAUDE, GEMINI})
    void aCallTooManyIsToldWhenToComeAgain(String path) throws Exception {
        Client.Answer answer = refused(path, FULL);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("42");
        JsonNode error = answer.error();
        assertThat(error.path("message").asString())
                .startsWith("You may make at most 100 successful requests in a minute. Please try again in 42 s.");
        switch (path) {
            case CLAUDE -> {
                assertThat(error.path("type").asString()).isEqualTo("rate_limit_error");
                assertThat(answer.header("anthropic-ratelimit-requests-limit")).isEqualTo("100");
                assertThat(answer.header("anthropic-ratelimit-requests-remaining"))
                        .isEqualTo("0");
                assertThat(Instant.parse(answer.header("anthropic-ratelimit-requests-reset")))
                        .isBetween(Instant.now().plusSeconds(30), Instant.now().plusSeconds(43));
            }
            case GEMINI -> {
                assertThat(error.path("code").asInt()).isEqualTo(429);
                assertThat(error.path("status").asString()).isEqualTo("RESOURCE_EXHAUSTED");
                assertThat(error.path("details").toString()).contains("RetryInfo", "\"42s\"");
            }
            default -> {
                assertThat(error.path("code").asString()).isEqualTo("rate_limit_exceeded");
                assertThat(answer.header("x-ratelimit-limit-requests")).isEqualTo("100");
                assertThat(answer.header("x-ratelimit-remaining-requests")).isEqualTo("0");
                assertThat(answer.header("x-ratelimit-reset-requests")).isEqualTo("42s");
            }
        }
    }

    @Test
    void aCallTooManyIsNotSentNorHeldAndStandsInTheLog() throws Exception {
        refused(CHAT, FULL);

        assertThat(site.first.received() + site.second.received()).isZero();
        assertThat(site.ledger.hasEndings()).isFalse();
        assertThat(site.refusals).singleElement().satisfies(record -> {
            assertThat(record.refusal()).isEqualTo(Refusal.TOO_MANY_REQUESTS);
            assertThat(record.status()).isEqualTo(429);
            assertThat(record.user()).isEqualTo(7);
            assertThat(record.token()).isEqualTo(3);
            assertThat(record.model()).isEqualTo("gpt");
        });
    }

    @Test
    void tooManyOpenCallsAreNoNumberInAWhile() throws Exception {
        Client.Answer answer = refused(CHAT, LimitReached.open(CallScope.TOKEN, 2));
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.header("x-ratelimit-limit-requests")).isEmpty();
    }

    private static Client.Answer refused(String path, LimitReached limit) throws Exception {
        site.ledger.keepHoldsOpen();
        String body = switch (path) {
            case RESPONSES -> "{\"model\":\"gpt\",\"input\":\"hello\"}";
            case CLAUDE ->
                "{\"model\":\"gpt\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
            case GEMINI -> "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hello\"}]}]}";
            default -> RelaySite.ask("");
        };
        try (Client client = site.call(path, body)) {
            HandLedger.Entry<HoldFunds> hold = site.ledger.hold();
            hold.awaitWaiter();
            hold.durable().completeExceptionally(limit);
            Client.Answer answer = client.answer();
            site.awaitIdle();
            return answer;
        }
    }
}
