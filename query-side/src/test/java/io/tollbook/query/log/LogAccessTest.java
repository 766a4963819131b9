package io.tollbook.query.log;

import static io.tollbook.query.Calls.released;
import static io.tollbook.query.Calls.settled;
import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.log.LogRowsBefore;
import io.tollbook.kernel.log.PaidFrom;
import io.tollbook.kernel.log.Receipt;
import io.tollbook.kernel.log.ReceiptOf;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PricesPublished;
import io.tollbook.kernel.token.TokenCreated;
import io.tollbook.kernel.token.TokenDisabled;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserChanged;
import io.tollbook.kernel.user.UserDisabled;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.Calls;
import io.tollbook.query.OpenVault;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rows, receipts and files of the log: whole for administrators, for users their own and nothing else. */
class LogAccessTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final long id = TestSystem.number();
    private final long other = TestSystem.number();
    private final long token = TestSystem.number();
    private final long known = TestSystem.number();
    private final UserId user = new UserId(id);

    @BeforeEach
    void twoUsers() {
        publish(
                World.user(id, "own" + id, Role.USER, "default"),
                World.user(other, "other" + other, Role.USER, "default"),
                World.token(token, id, World.terms("=key" + token, null)));
        publish(
                settled(id, token, id + "-1", 12_000, 9_340, 660),
                settled(other, 1, other + "-1", 10, 5, 0),
                released(id, token, id + "-2", 10, ReleaseCause.UPSTREAM_FAILED, "bad_gateway", 660));
    }

    private static JsonNode get(String path, String actor) {
        return JSON.readTree(TestSystem.get(path, actor).body());
    }

    private static List<String> lines(String path, String actor) {
        return TestSystem.get(path, actor).body().lines().toList();
    }

    private LogRow charged() {
        return ask(new LogRowsBefore(LogFilter.of(user).ofKind(LogKind.CONSUME), Long.MAX_VALUE, 10))
                .getLast();
    }

    @Test
    void pagesGoOnBelowTheLastRowHoweverManyComeMeanwhile() {
        for (int i = 3; i < 9; i++) publish(settled(id, token, id + "-" + i, 10, 1, 0));
        List<String> seen = new ArrayList<>();
        long before = Long.MAX_VALUE;
        while (true) {
            List<LogRow> rows = ask(new LogRowsBefore(LogFilter.of(user).ofToken(new TokenId(token)), before, 3));
            if (rows.isEmpty()) break;
            rows.forEach(row -> seen.add(row.request()));
            before = rows.getLast().position();
            publish(settled(id, token, id + "-late-" + before, 10, 1, 0));
        }
        assertThat(seen)
                .containsExactly(
                        id + "-8", id + "-7", id + "-6", id + "-5", id + "-4", id + "-3", id + "-2", id + "-1");
    }

    @Test
    void theApiGoesOnBelowARowToo() {
        JsonNode first = get("/api/log/self/before?page_size=1", "USER " + id).path("data");
        assertThat(first).hasSize(1);
        JsonNode second = get(
                        "/api/log/self/before?page_size=1&id="
                                + first.get(0).path("id").longValue(),
                        "USER " + id)
                .path("data");
        assertThat(second.get(0).path("request_id").stringValue()).isEqualTo(id + "-1");
    }

    @Test
    void aReceiptHasEverythingTheChargeIsMadeOf() {
        publish(World.prices(1));
        Receipt receipt = ask(new ReceiptOf(charged().position(), user)).orElseThrow();
        assertThat(receipt.charged()).isEqualTo(Quota.of(9_340));
        assertThat(receipt.held()).isEqualTo(Quota.of(12_000));
        assertThat(receipt.burned())
                .as("of a lot that the ledger has not read of")
                .containsExactly(new PaidFrom(Calls.LOT, null, null, Quota.ZERO, "", Quota.of(9_340)));
        JsonNode document = JSON.readTree(receipt.document());
        assertThat(document.path("event").path("position").longValue()).isEqualTo(receipt.position());
        assertThat(document.path("event").path("name").stringValue()).isEqualTo("account.usage-settled.1");
        assertThat(document.path("charge").path("meters").path("INPUT").longValue())
                .isEqualTo(12);
        assertThat(document.path("prices").path("hash").stringValue()).isNotEmpty();
        assertThat(document.path("prices").path("rounding").stringValue()).isNotEmpty();
        assertThat(document.path("prices").path("model").has("inputRatio")).isTrue();
    }

    @Test
    void aReceiptTellsOnlyAdministratorsWhichChannelsWereTried() {
        long position = charged().position();
        assertThat(ask(new ReceiptOf(position, user)).orElseThrow().document()).doesNotContain("\"channel\"");
        assertThat(ask(new ReceiptOf(position, null)).orElseThrow().document()).contains("\"channel\"");
    }

    @Test
    void aReceiptTellsAUserNoOtherGroupsFactor() {
        PriceDocument plain = World.prices(1).document();
        Map<String, Map<String, BigDecimal>> factors = Map.of(
                "partners", Map.of("default", new BigDecimal("0.31")),
                "family", Map.of("default", new BigDecimal("0.17")),
                "staff", Map.of("default", new BigDecimal("0.05")));
        PriceDocument document = new PriceDocument(
                plain.models(), plain.groups(), factors, plain.rounding(), plain.defaultMaxOutputTokens());
        long version = TestSystem.number();
        publish(new PricesPublished(version, document, "hash-" + version, "", World.BORN));
        long member = TestSystem.number();
        UserId someone = new UserId(member);
        TestSystem.publishTo(
                someone.toString(),
                World.user(member, "member" + member, Role.USER, "family"),
                new UserChanged(someone, null, null, "partners", null),
                new UserChanged(someone, null, OpenVault.sealed(someone.toString(), "M"), null, null));
        publish(pricedBy(version, settled(member, 1, member + "-1", 10, 5, 0)));
        TestSystem.publishTo(someone.toString(), new UserChanged(someone, null, null, "staff", null));
        long position = ask(new LogRowsBefore(LogFilter.of(someone), Long.MAX_VALUE, 10)).stream()
                .filter(row -> row.kind() == LogKind.CONSUME)
                .findFirst()
                .orElseThrow()
                .position();
        assertThat(factors(position, someone).toString()).isEqualTo("{\"partners\":0.31}");
        assertThat(factors(position, null).propertyNames()).containsExactlyInAnyOrder("partners", "family", "staff");
        assertThat(factors(charged().position(), user).isMissingNode()).isTrue();
    }

    private static UsageSettled pricedBy(long version, UsageSettled call) {
        return new UsageSettled(
                call.account(),
                call.hold(),
                call.user(),
                call.token(),
                call.model(),
                call.group(),
                version,
                call.meters(),
                call.provenance(),
                call.held(),
                call.charged(),
                call.burned(),
                call.overdraft(),
                call.available(),
                call.attempts(),
                call.timing(),
                call.upstreamRequest(),
                call.quarantined());
    }

    private static JsonNode factors(long position, @Nullable UserId reader) {
        return JSON.readTree(ask(new ReceiptOf(position, reader)).orElseThrow().document())
                .path("prices")
                .path("group_ratio_by_user_group");
    }

    @Test
    void onlyAChargeHasAReceiptAndOnlyItsOwnUserGetsIt() {
        long failed = ask(new LogRowsBefore(LogFilter.of(user), Long.MAX_VALUE, 1))
                .getFirst()
                .position();
        assertThat(ask(new ReceiptOf(failed, user))).isEmpty();
        assertThat(ask(new ReceiptOf(charged().position(), new UserId(other)))).isEmpty();
        assertThat(get("/api/log/self/receipt?id=" + charged().position(), "USER " + other)
                        .path("success")
                        .booleanValue())
                .isFalse();
        assertThat(get("/api/log/self/receipt?id=" + charged().position(), "USER " + id)
                        .path("data")
                        .path("charge")
                        .path("charged")
                        .longValue())
                .isEqualTo(9_340);
    }

    @Test
    void aUserExportsTheirOwnRowsWithoutChannels() {
        List<String> csv = lines("/api/log/self/export", "USER " + id);
        assertThat(csv).as("names, sign-up, charge and failure").hasSize(4);
        assertThat(csv.getFirst()).startsWith("event,time,kind").doesNotContain("channel");
        assertThat(String.join("\n", csv)).contains("'=key" + token, "0.01868").doesNotContain("other" + other);
        for (String line : lines("/api/log/self/export?format=jsonl", "USER " + id)) {
            JsonNode row = JSON.readTree(line);
            assertThat(row.path("user_id").longValue()).isEqualTo(id);
            row.path("attempts")
                    .forEach(attempt -> assertThat(attempt.has("channel")).isFalse());
        }
    }

    @Test
    void anExportIsFilteredAsTheListIs() {
        assertThat(lines("/api/log/self/export?format=jsonl&type=5", "USER " + id))
                .singleElement()
                .asString()
                .contains("bad_gateway (502)");
        assertThat(lines("/api/log/export?format=jsonl&type=2&username=other" + other, "ADMIN 1"))
                .singleElement()
                .asString()
                .contains("\"channel_id\":3");
        assertThat(lines("/api/log/self/export?username=other" + other, "USER " + id))
                .as("whose rows cannot be changed by a filter")
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/log/export", "/api/log/before", "/api/log/receipt?id=1"})
    void everybodysRowsAreForAdministrators(String path) {
        assertThat(get(path, "USER " + id).path("success").booleanValue()).isFalse();
        assertThat(TestSystem.get(path, "").statusCode()).isEqualTo(401);
    }

    @Test
    void anUnknownFormatIsRefused() {
        assertThat(get("/api/log/self/export?format=xlsx", "USER " + id)
                        .path("message")
                        .stringValue())
                .isEqualTo("An export is csv or jsonl, not \"xlsx\".");
    }

    private void keyThatIsKnown() {
        publish(new TokenCreated(
                new TokenId(known),
                user,
                "api-key:secret" + known,
                OpenVault.sealed("user-" + id, "secret" + known),
                "hint",
                World.terms("known", null),
                World.BORN));
        publish(settled(id, known, id + "-4", 10, 1, 0), settled(id, known, id + "-5", 10, 1, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sk-", "Bearer%20sk-"})
    void aKeyShowsItsOwnLogAndNothingElse(String before) {
        keyThatIsKnown();
        JsonNode rows =
                get("/api/log/token?key=" + before + "secret" + known, "").path("data");
        assertThat(rows).hasSize(2);
        rows.forEach(row -> {
            assertThat(row.path("token_id").longValue()).isEqualTo(known);
            assertThat(row.path("channel").longValue()).isZero();
        });
    }

    @Test
    void aKeyThatIsSwitchedOffStillShowsWhatItDidButNotOnceItsUserIs() {
        keyThatIsKnown();
        publish(new TokenDisabled(new TokenId(known)));
        assertThat(get("/api/log/token?key=secret" + known, "").path("data")).hasSize(2);
        publish(new UserDisabled(user));
        assertThat(get("/api/log/token?key=secret" + known, "").path("message").stringValue())
                .isEqualTo("This user is disabled.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/log/token", "/api/log/token?key=", "/api/log/token?key=unknown"})
    void anUnknownKeyShowsNothing(String path) {
        assertThat(get(path, "").path("success").booleanValue()).isFalse();
    }
}
