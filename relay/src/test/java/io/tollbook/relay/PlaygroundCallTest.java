package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.HoldFunds;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of signed-in users from the site's own page: paid like any other, and open to nobody else's page. */
class PlaygroundCallTest {
    private static final String[] SIGNED_IN = {"Cookie: look=dark; session=ours", "New-Api-User: 7"};

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    @BeforeEach
    void somebodyIsSignedIn() {
        site.sessions.signedIn("ours", new UserId(7), Role.USER);
        site.directory.user(new UserId(7), Role.USER);
    }

    private static Client.Answer answer(String body, String... headers) throws IOException {
        return answerOf("/pg/chat/completions", body, headers);
    }

    private static Client.Answer answerOf(String path, String body, String... headers) throws IOException {
        try (Client client = new Client(site.port())) {
            client.post(path, body.getBytes(StandardCharsets.UTF_8), headers);
            return client.answer();
        }
    }

    private static String[] and(String... more) {
        String[] all = java.util.Arrays.copyOf(SIGNED_IN, SIGNED_IN.length + more.length);
        System.arraycopy(more, 0, all, SIGNED_IN.length, more.length);
        return all;
    }

    private static void refused(Client.Answer answer, int status, Refusal refusal) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.error().path("message").asString("")).isNotEmpty();
        assertThat(answer.headers()).doesNotContainKey("Access-Control-Allow-Origin");
        assertThat(site.ledger.hasEndings()).isFalse();
        assertThat(site.first.received()).isZero();
        assertThat(site.refusals)
                .singleElement()
                .satisfies(one -> assertThat(one.refusal()).isEqualTo(refusal));
    }

    @Test
    void isHeldAndSettledForTheUserWithoutAKey() throws Exception {
        site.first.answers(200, RelaySite.WHOLE);
        Client.Answer answer = answer(RelaySite.ask(",\"temperature\":0.70"), and("Sec-Fetch-Site: same-origin"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(RelaySite.WHOLE);
        assertThat(answer.headers()).doesNotContainKey("Access-Control-Allow-Origin");
        HoldFunds hold = site.ledger.hold().command();
        assertThat(hold.token()).isEqualTo(TokenId.SESSION);
        assertThat(hold.user()).isEqualTo(new UserId(7));
        assertThat(hold.account()).isEqualTo(StandingDirectory.ACCOUNT);
        assertThat(hold.group()).isEqualTo("default");
        assertThat(site.settled().charge().units()).isEqualTo(25);
    }

    @Test
    void theGroupOfTheBodyPricesAndRoutesAndIsNotSentOn() throws Exception {
        site.set(Option.USER_USABLE_GROUPS, "{\"default\":\"\",\"vip\":\"\"}");
        site.first.answers(200, RelaySite.WHOLE);
        Client.Answer answer = answer(RelaySite.ask(",\"group\":\"default\",\"seed\":0,\"stop\":[\"x\"]"), SIGNED_IN);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode sent = JsonMapper.shared().readTree(site.first.next().body());
        assertThat(sent.has("group")).isFalse();
        assertThat(sent.path("seed").asInt(1)).isZero();
        assertThat(sent.path("stop").path(0).asString("")).isEqualTo("x");
        // No channel of that group serves the model, so it was that group that was asked.
        assertThat(answer(RelaySite.ask(",\"group\":\"vip\""), SIGNED_IN).status())
                .isIn(404, 503);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Cookie: a=b             | New-Api-User: 7
            Cookie: session=theirs  | New-Api-User: 7
            Cookie: session=        | New-Api-User: 7
            Cookie: session=ours    | New-Api-User: 8
            Cookie: session=ours    | X-Other: 7
            """)
    void refusesWhoIsNotSignedIn(String cookie, String user) throws Exception {
        refused(answer(RelaySite.ask(""), cookie, user), 401, Refusal.SIGN_IN_REQUIRED);
    }

    @Test
    void aKeyIsNoSession() throws Exception {
        refused(
                answer(RelaySite.ask(""), "Authorization: Bearer sk-" + RelaySite.KEY, "New-Api-User: 7"),
                401,
                Refusal.SIGN_IN_REQUIRED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://evil.example",
                "Origin: http://tollbook.evil.example",
                "Origin: null",
                "Origin: http://tollbook:81",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: none",
            })
    void refusesOtherSitesPages(String header) throws Exception {
        refused(answer(RelaySite.ask(""), and(header)), 403, Refusal.NOT_PERMITTED);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin: http://tollbook, X-None: 1",
        "Origin: https://TOLLBOOK, X-None: 1",
        "Origin: https://pay.example, X-Forwarded-Host: pay.example",
        "Origin: https://set.example, X-None: 1",
    })
    void knowsItsOwnPages(String origin, String other) throws Exception {
        site.set(Option.SERVER_ADDRESS, "https://set.example/");
        site.first.answers(200, RelaySite.WHOLE);
        assertThat(answer(RelaySite.ask(""), and(origin, other)).status()).isEqualTo(200);
    }

    @Test
    void refusesAGroupThatIsNotOpenToTheUser() throws Exception {
        Client.Answer answer = answer(RelaySite.ask(",\"group\":\"secret\""), SIGNED_IN);
        refused(answer, 403, Refusal.GROUP_NOT_ALLOWED);
        assertThat(answer.body()).contains("The group secret is not open to you.");
    }

    @Test
    void refusesAGroupThatIsNoText() throws Exception {
        refused(answer(RelaySite.ask(",\"group\":[1]"), SIGNED_IN), 400, Refusal.INVALID);
    }

    @Test
    void refusesAnAuditor() throws Exception {
        site.directory.user(new UserId(7), Role.AUDITOR);
        refused(answer(RelaySite.ask(""), SIGNED_IN), 403, Refusal.READ_ONLY);
    }

    @Test
    void refusesWhoHasNoMoney() throws Exception {
        site.ledger.keepHoldsOpen();
        try (Client client = new Client(site.port())) {
            client.post("/pg/chat/completions", RelaySite.ask("").getBytes(StandardCharsets.UTF_8), SIGNED_IN);
            for (int i = 0; i < 2; i++)
                site.ledger.hold(i).durable().completeExceptionally(new Refused(Refusal.INSUFFICIENT_QUOTA));
            Client.Answer answer = client.answer();
            refused(answer, 403, Refusal.INSUFFICIENT_QUOTA);
            assertThat(answer.error().path("code").asString("")).isEqualTo("insufficient_user_quota");
        }
    }

    @Test
    void anIdempotencyKeyIsTheUsersOwn() throws Exception {
        site.sessions.signedIn("others", new UserId(8), Role.USER);
        site.directory.user(new UserId(8), Role.USER);
        String key = "Idempotency-Key: the-same";
        site.first.answers(200, RelaySite.WHOLE);
        assertThat(answer(RelaySite.ask(""), and(key)).body()).isEqualTo(RelaySite.WHOLE);
        String others = RelaySite.WHOLE.replace("Hello there", "Not for you");
        site.first.answers(200, others);
        assertThat(answer(RelaySite.ask(""), "Cookie: session=others", "New-Api-User: 8", key)
                        .body())
                .isEqualTo(others);
        assertThat(answer(RelaySite.ask(""), and(key)).body()).isEqualTo(RelaySite.WHOLE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /pg/responses                             | "input":"Hello"                                 | $.output
            /pg/messages                              | "max_tokens":9,"messages":[{"role":"user","content":"Hello"}] | $.content
            /pg/models/gpt:generateContent         | "contents":[{"parts":[{"text":"Hello"}]}]       | $.candidates
            """)
    void eachDialectIsPaidTheSameWay(String path, String asked, String told) throws Exception {
        site.first.answers(200, RelaySite.WHOLE);
        String model = path.contains("/models/") ? "" : "\"model\":\"gpt\",";
        Client.Answer answer = answerOf(path, "{" + model + "\"group\":\"default\"," + asked + "}", SIGNED_IN);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(JsonMapper.shared()
                        .readTree(answer.body())
                        .path(told.substring(2))
                        .isArray())
                .as(answer.body())
                .isTrue();
        assertThat(JsonMapper.shared().readTree(site.first.next().body()).has("group"))
                .isFalse();
        assertThat(site.ledger.hold().command().token()).isEqualTo(TokenId.SESSION);
        assertThat(site.settled().charge().units()).isEqualTo(25);
    }

    @ParameterizedTest
    @CsvSource({
        "/pg/responses, type",
        "/pg/messages, type",
        "/pg/models/gpt:streamGenerateContent?alt=sse, status",
    })
    void eachDialectRefusesStrangersInItsOwnWords(String path, String field) throws Exception {
        Client.Answer answer = answerOf(path, "{}", "Cookie: session=theirs", "New-Api-User: 7");
        refused(answer, 401, Refusal.SIGN_IN_REQUIRED);
        assertThat(answer.error().path(field).asString("")).isNotEmpty();
    }

    @Test
    void nothingElseIsThere() throws Exception {
        for (String path : new String[] {"/pg/models", "/pg/embeddings", "/pg/models/gpt:countTokens"})
            assertThat(answerOf(path, "{}", SIGNED_IN).status()).as(path).isEqualTo(404);
        try (Client client = new Client(site.port())) {
            client.send(
                    "OPTIONS /pg/chat/completions HTTP/1.1\r\nHost: tollbook\r\nConnection: close\r\n"
                            + "Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n\r\n",
                    new byte[0]);
            Client.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.headers()).doesNotContainKey("Access-Control-Allow-Origin");
        }
    }
}
