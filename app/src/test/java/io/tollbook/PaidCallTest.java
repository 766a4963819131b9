package io.tollbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.bench.gateway.Tenant;
import io.tollbook.bench.upstream.Receipt;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.BookEntry;
import io.tollbook.kernel.account.BookOf;
import io.tollbook.kernel.account.BookSummary;
import io.tollbook.kernel.account.BookSummaryOf;
import io.tollbook.kernel.replay.Progress;
import io.tollbook.kernel.site.ReadModel;
import io.tollbook.kernel.site.ReadModels;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** From a client's request to the books, through the whole product. */
class PaidCallTest {
    private static final long MUCH = 1_000_000_000L;
    private static TestSite site;

    @BeforeAll
    static void start() throws Exception {
        site = new TestSite();
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
    }

    @Test
    void chargesExactlyWhatTheProvidersReceiptSays() throws Exception {
        Tenant ann = site.user("exact", MUCH);
        HttpResponse<String> whole = site.chat(ann.key(), TestSite.ask("mock-gpt", ""));
        HttpResponse<String> stream = site.chat(
                ann.key(), TestSite.ask("mock-gpt-mini", ",\"stream\":true,\"mock_chunks\":5,\"mock_delay_ms\":1"));

        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(stream.body()).endsWith("data: [DONE]\n\n");
        Receipt first = receipt(TestSite.json(whole).path("id").asString());
        Receipt second = receipt(stream.body().replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1"));
        long charged = TestSite.PRICES.charge("mock-gpt", first.usage())
                + TestSite.PRICES.charge("mock-gpt-mini", second.usage());
        balanced(ann, charged, 2);
    }

    @Test
    void withholdsTheUsageChunkUnlessAskedFor() throws Exception {
        Tenant ann = site.user("chunk", MUCH);
        String asked =
                ",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"mock_chunks\":3,\"mock_delay_ms\":0";

        assertThat(site.chat(ann.key(), TestSite.ask("mock-gpt", asked)).body()).contains("\"usage\":{");
        assertThat(site.chat(ann.key(), TestSite.ask("mock-gpt", ",\"stream\":true,\"mock_chunks\":3"))
                        .body())
                .doesNotContain("prompt_tokens");
    }

    @Test
    void neverSpendsMoreThanThereIs() throws Exception {
        // Ten calls at 0.02 USD, with the group's factor of 1.1.
        Tenant ann = site.user("spender", 10 * 11_000);
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 500; i++)
            calls.add(site.http.sendAsync(
                    site.request(ann.key(), TestSite.ask("mock-slow-call", "")), HttpResponse.BodyHandlers.ofString()));
        int served = 0;
        for (CompletableFuture<HttpResponse<String>> call : calls) {
            HttpResponse<String> response = call.get(120, TimeUnit.SECONDS);
            if (response.statusCode() == 200) served++;
            else {
                assertThat(response.statusCode()).isEqualTo(403);
                assertThat(TestSite.json(response).path("error").path("code").asString())
                        .isEqualTo("insufficient_user_quota");
            }
        }

        assertThat(served).isEqualTo(10);
        balanced(ann, 10 * 11_000, 10);
        assertThat(site.provider.receipts().all())
                .as("what was refused for want of money never reached the provider")
                .filteredOn(receipt -> receipt.model().equals("mock-slow-call"))
                .hasSize(10);
        assertThat(book(ann))
                .hasSize(2 + 2 * 10)
                .allMatch(entry -> !entry.available().isNegative());
    }

    @ParameterizedTest
    @CsvSource({
        "mock-500, 500, true",
        "mock-429, 429, true",
        "mock-400, 400, true",
        "mock-drop, 502, true",
        "mock-garbage, 502, true",
        "mock-cut, 502, true"
    })
    void givesTheHoldBackWhenTheProviderFails(String model, int status, boolean released) throws Exception {
        Tenant ann = site.user(model.replace("mock", "f"), MUCH);
        HttpResponse<String> response = site.chat(ann.key(), TestSite.ask(model, ""));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(TestSite.json(response).path("error").path("message").asString())
                .isNotBlank()
                .doesNotContain("127.0.0.1");
        balanced(ann, 0, 0);
        log(ann, 5, 1);
    }

    @Test
    void estimatesWhatNobodyReportsAndMarksIt() throws Exception {
        Tenant ann = site.user("guess", MUCH);
        HttpResponse<String> response = site.chat(ann.key(), TestSite.ask("mock-nousage", ",\"max_tokens\":5"));

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode row = log(ann, 2, 1).path("items").path(0);
        assertThat(row.path("other").asString()).contains("ESTIMATED");
        assertThat(row.path("completion_tokens").asLong()).isBetween(1L, 5L);
        balanced(ann, row.path("quota").asLong(), 1);
    }

    @Test
    void readsOnAndChargesWhenTheClientHangsUp() throws Exception {
        Tenant ann = site.user("leaver", MUCH);
        HttpResponse<java.io.InputStream> response = site.http.send(
                site.request(
                        ann.key(),
                        TestSite.ask("mock-gpt", ",\"stream\":true,\"mock_chunks\":40,\"mock_delay_ms\":20")),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.body().read()).isPositive();
        response.body().close();

        JsonNode row = log(ann, 2, 1).path("items").path(0);
        assertThat(row.path("other").asString()).contains("DRAINED");
        String upstream = row.path("upstream_request_id").asString();
        balanced(ann, TestSite.PRICES.charge("mock-gpt", receipt(upstream).usage()), 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"model":"mock-gpt"}                                              | 400 | invalid_request
                    {"model":"mock-gpt","messages":[{"role":"user"}],"max_tokens":-1} | 400 | invalid_request
                    {broken                                                           | 400 | invalid_request
                    {"model":"unknown","messages":[{"role":"user"}]}                  | 404 | model_not_found
                    """)
    void refusesBadRequestsInTheDialectAndChargesNothing(String body, int status, String code) throws Exception {
        Tenant ann = site.user("bad" + Math.abs(body.hashCode() % 10_000), MUCH);
        HttpResponse<String> response = site.chat(ann.key(), body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(TestSite.json(response).path("error").path("code").asString())
                .isEqualTo(code);
        assertThat(response.headers().firstValue("X-Oneapi-Request-Id")).isPresent();
        balanced(ann, 0, 0);
    }

    @Test
    void refusesUnknownKeys() throws Exception {
        HttpResponse<String> response = site.chat("sk-" + "x".repeat(48), TestSite.ask("mock-gpt", ""));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(TestSite.json(response).path("error").path("type").asString())
                .isEqualTo("new_api_error");
    }

    @Test
    void aDisabledUserIsOutWithinASecond() throws Exception {
        Tenant ann = site.user("gone", MUCH);
        assertThat(site.chat(ann.key(), TestSite.ask("mock-gpt", "")).statusCode())
                .isEqualTo(200);
        site.root().post("/api/user/manage", Map.of("id", ann.user(), "action", "disable"));

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(site.chat(ann.key(), TestSite.ask("mock-gpt", ""))
                                .statusCode())
                        .isEqualTo(403));
    }

    @Test
    void aHugeBodyIsRefusedBeforeItIsRead() throws Exception {
        Tenant ann = site.user("huge", MUCH);
        HttpRequest request = HttpRequest.newBuilder(site.base.resolve("/v1/chat/completions"))
                .header("Authorization", "Bearer " + ann.key())
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[100 * 1024 * 1024]))
                .build();

        assertThat(statusOrHangUp(request)).isIn(413, 503, 0);
        balanced(ann, 0, 0);
    }

    /** A server may answer and hang up before a large body was sent; the client then sees a broken connection. */
    private static int statusOrHangUp(HttpRequest request) throws InterruptedException {
        try {
            return site.http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (java.io.IOException e) {
            return 0;
        }
    }

    @Test
    void listsTheModelsAKeyCanCall() throws Exception {
        Tenant ann = site.user("lister", MUCH);
        HttpResponse<String> response = site.http.send(
                HttpRequest.newBuilder(URI.create(site.base + "/v1/models"))
                        .header("x-api-key", ann.key())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(TestSite.json(response).path("data").findValuesAsString("id"))
                .contains("mock-gpt", "mock-slow-call")
                .doesNotContain("gpt-4o");
    }

    @ParameterizedTest
    @CsvSource({"balance", "usage-log", "statistics", "holds"})
    void aReadModelThatIsBuiltAgainSaysTheSame(String name) throws Exception {
        Tenant ann = site.user("r" + name.substring(0, 3), MUCH);
        for (int i = 0; i < 5; i++) site.chat(ann.key(), TestSite.ask("mock-gpt", ""));
        String before = everything(ann);

        site.root().post("/api/read-model/" + name + "/rebuild", Map.of());

        ReadModels readModels = site.tollbook.part(ReadModels.class);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> readModels.rebuilds().get(name).state() == Progress.State.DONE);
        assertThat(everything(ann)).isEqualTo(before);
        assertThat(site.chat(ann.key(), TestSite.ask("mock-gpt", "")).statusCode())
                .isEqualTo(200);
        assertThat(readModels.all()).allMatch(ReadModel::running);
    }

    private static List<BookEntry> book(Tenant tenant) {
        return site.tollbook
                .part(Messages.class)
                .ask(new BookOf(new AccountId(tenant.user()), null, Set.of(), null, null, 100), Actor.SYSTEM);
    }

    private static String everything(Tenant tenant) throws Exception {
        caughtUp();
        return site.user(tenant.user()) + " "
                + site.root().get("/api/log/?username=" + tenant.username()) + " "
                + site.root().get("/api/log/stat?username=" + tenant.username()).path("quota") + " "
                + site.root().get("/api/data/?username=" + tenant.username());
    }

    private static void caughtUp() {
        ReadModels readModels = site.tollbook.part(ReadModels.class);
        long head = readModels.all().getFirst().head();
        assertThat(readModels.await(head, Duration.ofSeconds(30))).isTrue();
    }

    private static Receipt receipt(String id) {
        return Awaitility.await().until(() -> site.provider.receipts().byId(id), found -> found != null);
    }

    /** The page of the log, once it has this many rows of this type. */
    private static JsonNode log(Tenant tenant, int type, int rows) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> site.root().get("/api/log/?type=" + type + "&username=" + tenant.username()),
                        page -> page.path("total").asLong() == rows);
    }

    /** Balance, log, statistics, key and book say the same, to the unit. */
    private static void balanced(Tenant tenant, long charged, long calls) throws Exception {
        caughtUp();
        BookSummary book = site.tollbook
                .part(Messages.class)
                .ask(new BookSummaryOf(new AccountId(tenant.user()), null), Actor.SYSTEM);
        JsonNode user = site.user(tenant.user());

        assertThat(book.charged().units()).isEqualTo(charged);
        assertThat(book.held().units()).isZero();
        assertThat(book.available().units()).isEqualTo(tenant.granted() - charged);
        assertThat(book.overdraft().units()).isZero();
        assertThat(user.path("quota").asLong()).isEqualTo(tenant.granted() - charged);
        assertThat(user.path("used_quota").asLong()).isEqualTo(charged);
        assertThat(user.path("request_count").asLong()).isEqualTo(calls);
        assertThat(site.root()
                        .withAccessToken(tenant.user(), tenant.accessToken())
                        .get("/api/token/" + tenant.token())
                        .path("used_quota")
                        .asLong())
                .isEqualTo(charged);
        assertThat(site.root()
                        .get("/api/log/stat?username=" + tenant.username())
                        .path("quota")
                        .asLong())
                .isEqualTo(charged);
        long hourly = 0;
        for (JsonNode hour : site.root().get("/api/data/?username=" + tenant.username()))
            hourly += hour.path("quota").asLong();
        assertThat(hourly).isEqualTo(charged);
    }
}
