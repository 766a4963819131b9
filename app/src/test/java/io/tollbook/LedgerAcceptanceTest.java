package io.tollbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.bench.books.Prices;
import io.tollbook.bench.gateway.Tenant;
import io.tollbook.bench.upstream.Receipt;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceOutlook;
import io.tollbook.kernel.pricing.PriceSchedule;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PublishPrices;
import io.tollbook.kernel.site.ReadModels;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assumptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an auditor from outside would try on a running site, over its API alone. */
@TestMethodOrder(MethodOrderer.Random.class)
class LedgerAcceptanceTest {
    private static final long MUCH = 50_000_000;
    private static final List<String> MODELS = List.of("mock-gpt", "mock-gpt-mini", "mock-slow-call");

    private static TestSite site;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        site = new TestSite();
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
    }

    private static void call(Tenant tenant, String model) throws Exception {
        assertThat(site.chat(tenant.key(), TestSite.ask(model, ",\"mock_delay_ms\":0"))
                        .statusCode())
                .isEqualTo(200);
    }

    private static void caughtUp() {
        ReadModels readModels = site.tollbook.part(ReadModels.class);
        assertThat(readModels.await(readModels.all().getFirst().head(), Duration.ofSeconds(30)))
                .isTrue();
    }

    private static String read(String path) throws Exception {
        HttpResponse<String> answer = site.http.send(
                HttpRequest.newBuilder(site.base.resolve(path))
                        .header("Authorization", site.site().accessToken())
                        .header("New-Api-User", Long.toString(site.root().user()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static JsonNode data(String path) throws Exception {
        return JsonMapper.shared().readTree(read(path)).path("data");
    }

    private static List<JsonNode> charges(Tenant tenant) throws Exception {
        caughtUp();
        List<JsonNode> rows = new ArrayList<>();
        data("/api/log/?type=2&page_size=100&username=" + tenant.username())
                .path("items")
                .forEach(rows::add);
        return rows;
    }

    @Test
    void twoHundredAnswersOfTheRunAreGivenAgain() throws Exception {
        List<Tenant> tenants = List.of(site.user("then-a", MUCH), site.user("then-b", MUCH));
        List<String> paths = new ArrayList<>();
        List<JsonNode> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Tenant tenant = tenants.get(i % 2);
            call(tenant, MODELS.get(i % 3)); // Balances are read from the events, so there is nothing to wait for.
            String path = "/ledger/balances?account=" + tenant.user();
            paths.add(path);
            answers.add(data(path));
        }
        assertThat(answers.stream().map(answer -> answer.path("position").longValue()))
                .doesNotHaveDuplicates();
        for (int i = 0; i < 200; i++)
            assertThat(data(paths.get(i) + "&asOf="
                            + answers.get(i).path("position").longValue()))
                    .as("answer %d", i)
                    .isEqualTo(answers.get(i));
    }

    @Test
    void eachChargeIsWorkedOutAgainFromItsReceiptAlone() throws Exception {
        Tenant tenant = site.user("again", MUCH);
        for (int i = 0; i < 99; i++) call(tenant, MODELS.get(i % 3));
        List<JsonNode> rows = charges(tenant);
        assertThat(rows).hasSize(99);
        for (JsonNode row : rows) {
            JsonNode receipt = data("/api/log/receipt?id=" + row.path("id").longValue());
            long charged = receipt.path("charge").path("charged").longValue();
            assertThat(charged).isEqualTo(row.path("quota").longValue()).isEqualTo(workedOut(receipt));
            assertThat(receipt.path("paid_from").get(0).path("quota").longValue())
                    .isEqualTo(charged);
            assertThat(receipt.path("prices").path("hash").stringValue()).hasSize(64);
        }
    }

    /** By hand, as somebody would in a spreadsheet. */
    private static long workedOut(JsonNode receipt) {
        JsonNode meters = receipt.path("charge").path("meters");
        JsonNode prices = receipt.path("prices");
        JsonNode model = prices.path("model");
        assertThat(prices.path("rounding").stringValue()).isEqualTo("HALF_AWAY_FROM_ZERO");
        BigDecimal sum;
        if (model.hasNonNull("perCall")) sum = number(model, "perCall").multiply(number(receipt, "quota_per_usd"));
        else
            sum = number(meters, "INPUT")
                    .add(number(meters, "CACHE_READ").multiply(number(model, "cacheReadRatio")))
                    .add(number(meters, "OUTPUT")
                            .add(number(meters, "REASONING"))
                            .multiply(number(model, "completionRatio")))
                    .multiply(number(model, "inputRatio"));
        return sum.multiply(number(prices, "group_ratio"))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private static BigDecimal number(JsonNode object, String field) {
        return object.has(field) ? new BigDecimal(object.path(field).asString()) : BigDecimal.ZERO;
    }

    @Test
    void aPlannedPriceComesIntoForceAndWhatBeganBeforeIsSettledByTheOld() throws Exception {
        Tenant tenant = site.user("planned", MUCH);
        Messages messages = site.tollbook.part(Messages.class);
        PriceSchedule seen = messages.ask(new PriceOutlook(), Actor.SYSTEM);
        PriceDocument old = Objects.requireNonNull(seen.inForce()).document();
        Map<String, ModelPrice> models = new HashMap<>(old.models());
        models.put("mock-gpt-mini", ModelPrice.perToken(new BigDecimal("0.75"), new BigDecimal("4")));
        Instant from = Instant.now().plusSeconds(3);
        messages.send(
                new PublishPrices(seen, old.withModels(models).from(from), "planned", Instant.now()), Actor.SYSTEM);
        CompletableFuture<HttpResponse<String>> early = site.http.sendAsync(
                site.request(
                        tenant.key(),
                        TestSite.ask("mock-gpt-mini", ",\"stream\":true,\"mock_chunks\":100,\"mock_delay_ms\":50")),
                HttpResponse.BodyHandlers.ofString());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> inForce(messages) > seen.inForce().version());
        assertThat(early).as("still under way when the new version is in force").isNotDone();
        HttpResponse<String> late = site.chat(tenant.key(), TestSite.ask("mock-gpt-mini", ",\"mock_delay_ms\":0"));
        assertThat(late.statusCode()).as(late.body()).isEqualTo(200);
        assertThat(early.get(60, TimeUnit.SECONDS).body()).endsWith("data: [DONE]\n\n");

        Map<Long, JsonNode> byVersion = new HashMap<>();
        for (JsonNode row : charges(tenant))
            byVersion.put(
                    JsonMapper.shared()
                            .readTree(row.path("other").stringValue())
                            .path("price_version")
                            .longValue(),
                    row);
        assertThat(byVersion).containsOnlyKeys(seen.inForce().version(), seen.newest() + 1);
        JsonNode first = Objects.requireNonNull(byVersion.get(seen.inForce().version()));
        JsonNode second = Objects.requireNonNull(byVersion.get(seen.newest() + 1));
        assertThat(first.path("quota").longValue()).isEqualTo(TestSite.PRICES.charge("mock-gpt-mini", usage(first)));
        Prices dearer = new Prices(
                Map.of("mock-gpt-mini", new Prices.Ratios(new BigDecimal("0.75"), new BigDecimal("4"), BigDecimal.ONE)),
                Map.of(),
                TestSite.PRICES.group());
        assertThat(second.path("quota").longValue()).isEqualTo(dearer.charge("mock-gpt-mini", usage(second)));
    }

    private static long inForce(Messages messages) {
        PriceVersion version =
                messages.ask(new PriceOutlook(), Actor.SYSTEM).at(Instant.now()).orElseThrow();
        return version.version();
    }

    private static io.tollbook.bench.upstream.Usage usage(JsonNode row) {
        Receipt receipt =
                site.provider.receipts().byId(row.path("upstream_request_id").stringValue());
        return Objects.requireNonNull(receipt).usage();
    }

    @Test
    void withEveryLogSwitchedOffDeductionsStillMakeEventsAndPostings() throws Exception {
        for (String option : List.of("LogConsumeEnabled", "DataExportEnabled"))
            site.root().put("/api/option/", Map.of("key", option, "value", "false"));
        Tenant tenant = site.user("quiet", MUCH);
        call(tenant, "mock-gpt");
        caughtUp();
        String mine = "?account=" + tenant.user();
        assertThat(read("/api/ledger/export/events.jsonl" + mine))
                .contains("account.funds-held", "account.usage-settled");
        assertThat(read("/api/ledger/export/postings.jsonl" + mine)).contains("Equity:Quota:Consumed");
        assertThat(site.user(tenant.user()).path("quota").longValue()).isLessThan(MUCH);
        assertThat(charges(tenant)).hasSize(1);
    }

    @Test
    void journalsOfManyAccountsAreCheckedByProgramsOfOthers() throws Exception {
        List<Tenant> tenants = List.of(site.user("j-a", MUCH), site.user("j-b", 12_000), site.user("j-c", MUCH));
        for (Tenant tenant : tenants) for (int i = 0; i < 3; i++) site.chat(tenant.key(), TestSite.ask("mock-gpt", ""));
        site.root()
                .post(
                        "/api/user/manage",
                        Map.of(
                                "id", tenants.getFirst().user(),
                                "action", "add_quota",
                                "mode", "add",
                                "value", 5_000_000,
                                "price_paid", "36.50",
                                "currency", "CNY"));
        site.chat(tenants.getFirst().key(), TestSite.ask("mock-gpt", ""));
        caughtUp();
        JsonNode now = data("/ledger/balances");
        String asOf = "?asOf=" + now.path("position").longValue();
        Map<String, String> balances = new LinkedHashMap<>();
        for (JsonNode line : now.path("balances"))
            balances.put(
                    line.path("account").stringValue() + "  "
                            + line.path("balance").stringValue() + " "
                            + line.path("commodity").stringValue(),
                    line.path("account").stringValue());
        assertThat(balances.values())
                .contains("Liabilities:Wallet:" + tenants.getFirst().user() + ":Avail:Paid");

        String beancount = read("/api/ledger/export/journal.beancount" + asOf);
        assertThat(beancount).contains("option \"inferred_tolerance_multiplier\" \"0\"", " CNY");
        for (String balance : balances.keySet()) assertThat(beancount).contains(" balance " + balance);
        need("bean-check");
        assertThat(run("bean-check", beancount)).isEmpty();
        assertThat(run("bean-check", oneOff(beancount))).isNotEmpty();

        String plain = read("/api/ledger/export/journal.ledger" + asOf);
        need("hledger");
        assertThat(run("hledger check --strict ordereddates payees -f", plain)).isEmpty();
        assertThat(run("hledger check --strict ordereddates payees -f", oneOff(plain)))
                .isNotEmpty();
    }

    /** One posting by one quota. */
    private static String oneOff(String journal) {
        Matcher posting = Pattern.compile("(?m)^ +\\S+ +-(\\d+)(?:\\.0)? QUOTA").matcher(journal);
        assertThat(posting.find()).isTrue();
        long other = Long.parseLong(posting.group(1)) + 1;
        return journal.substring(0, posting.start(1)) + other + journal.substring(posting.end(1));
    }

    /** The checkers are Debian packages that ./check installs where it can. */
    private static void need(String program) {
        boolean there = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
        Assumptions.assumeThat(there)
                .as("NOT PROVED: %s is not installed (apt-get install beancount hledger ledger)", program)
                .isTrue();
    }

    /** What the program prints about the journal, and its exit code if that is not 0. */
    private String run(String command, String journal) throws Exception {
        Path file = Files.writeString(folder.resolve("books" + journal.hashCode()), journal);
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.add(file.toString());
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0 ? said : said + "exit " + process.exitValue();
    }
}
