package io.tollbook.query.log;

import static io.tollbook.query.Calls.released;
import static io.tollbook.query.Calls.settled;
import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.Conversion;
import io.tollbook.kernel.account.Dialect;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.LotSlice;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.QuotaGranted;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.log.LogRowsBefore;
import io.tollbook.kernel.log.PaidFrom;
import io.tollbook.kernel.log.ReceiptOf;
import io.tollbook.kernel.log.SourcesOfFunds;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What paid for a call, and which ways it went: in the receipt, and in {@code other} of the management API. */
class SourceOfFundsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final LotId GIFT = new LotId("gift");
    private static final LotId BOUGHT = new LotId("bought");
    private static final Money TEN_DOLLARS = new Money(10_000_000_000L, "USD");
    private static final Attempt FAILED = new Attempt(
            new ChannelId(2),
            "gpt-5",
            Attempt.Outcome.FAILED,
            503,
            9,
            new Conversion(Dialect.CLAUDE, Dialect.OPENAI_RESPONSES));
    private static final Attempt ANSWERED = new Attempt(
            new ChannelId(3),
            "gpt-4o-mini",
            Attempt.Outcome.ANSWERED,
            200,
            80,
            new Conversion(Dialect.CLAUDE, Dialect.OPENAI_CHAT));

    private final long id = TestSystem.number();
    private final UserId user = new UserId(id);

    @BeforeEach
    void someoneWithAGiftAndATopUp() {
        publish(World.user(id, "payer" + id, Role.USER, "default"));
        publish(granted(GIFT, LotClass.PROMO, 1_000, "welcome", 1_000, null));
        publish(granted(BOUGHT, LotClass.PAID, 5_000_000, "invoice 7", 5_001_000, TEN_DOLLARS));
    }

    private QuotaGranted granted(
            LotId lot,
            LotClass lotClass,
            long amount,
            String cause,
            long available,
            @org.jspecify.annotations.Nullable Money price) {
        return new QuotaGranted(
                new AccountId(id),
                lot,
                lotClass,
                Quota.of(amount),
                Quota.ZERO,
                0,
                null,
                cause,
                Quota.of(available),
                World.BORN,
                price);
    }

    private UsageSettled call(String hold, long charged, List<LotSlice> burned) {
        UsageSettled call = settled(id, 1, hold, 12_000, charged, 0);
        return new UsageSettled(
                call.account(),
                call.hold(),
                call.user(),
                call.token(),
                call.model(),
                call.group(),
                call.priceVersion(),
                call.meters(),
                call.provenance(),
                call.held(),
                call.charged(),
                burned,
                call.overdraft(),
                call.available(),
                List.of(FAILED, ANSWERED),
                call.timing(),
                call.upstreamRequest(),
                call.quarantined());
    }

    private LogRow row(LogKind kind) {
        return ask(new LogRowsBefore(LogFilter.of(user).ofKind(kind), Long.MAX_VALUE, 1))
                .getFirst();
    }

    private JsonNode other(String path, String actor, int type) {
        JsonNode rows =
                JSON.readTree(TestSystem.get(path + "&type=" + type, actor).body());
        return JSON.readTree(
                rows.path("data").path("items").get(0).path("other").stringValue());
    }

    @Test
    void aReceiptSaysOfEachLotWhatItIsAndWhatWasPaidForIt() {
        publish(call(
                id + "-1", 9_340, List.of(new LotSlice(GIFT, Quota.of(1_000)), new LotSlice(BOUGHT, Quota.of(8_340)))));
        long position = row(LogKind.CONSUME).position();
        List<PaidFrom> both = List.of(
                new PaidFrom(GIFT, LotClass.PROMO, null, Quota.of(1_000), "welcome", Quota.of(1_000)),
                new PaidFrom(BOUGHT, LotClass.PAID, TEN_DOLLARS, Quota.of(5_000_000), "invoice 7", Quota.of(8_340)));
        assertThat(ask(new ReceiptOf(position, user)).orElseThrow().burned()).isEqualTo(both);
        assertThat(ask(new SourcesOfFunds(List.of(position, position - 1))))
                .as("grants are no charges")
                .containsOnlyKeys(position)
                .containsEntry(position, both);
        JsonNode document =
                JSON.readTree(ask(new ReceiptOf(position, user)).orElseThrow().document());
        assertThat(document.path("paid_from").toString())
                .isEqualTo("[{\"cause\":\"welcome\",\"granted\":1000,\"lot\":\"gift\",\"lot_class\":\"promo\","
                        + "\"quota\":1000},{\"cause\":\"invoice 7\",\"currency\":\"USD\",\"granted\":5000000,"
                        + "\"lot\":\"bought\",\"lot_class\":\"paid\",\"price_paid\":\"10\",\"quota\":8340}]");
    }

    @Test
    void theApiSaysWhatPaidAndWhatTheCallWasTurnedInto() {
        publish(call(id + "-1", 10, List.of(new LotSlice(BOUGHT, Quota.of(10)))));
        JsonNode other = other("/api/log/self?page_size=1", "USER " + id, 2);
        assertThat(other.path("billing_source").stringValue()).isEqualTo("wallet");
        assertThat(other.path("paid_from").get(0).path("lot_class").stringValue())
                .isEqualTo("paid");
        assertThat(other.path("request_conversion").toString()).isEqualTo("[\"claude\",\"openai\"]");
        assertThat(other.has("admin_info")).isFalse();
    }

    @Test
    void aCallThatASubscriptionPaidForSaysSo() {
        LotId plan = new LotId("plan");
        publish(granted(plan, LotClass.SUBSCRIPTION, 70, "monthly", 5_001_070, null));
        publish(call(id + "-1", 7, List.of(new LotSlice(plan, Quota.of(7)))));
        assertThat(other("/api/log/?page_size=1&username=payer" + id, "ADMIN 1", 2)
                        .path("billing_source")
                        .stringValue())
                .isEqualTo("subscription");
    }

    @Test
    void aFreeCallNamesNoLotAndAFailedOneNoFunds() {
        publish(call(id + "-1", 0, List.of()));
        publish(released(id, 1, id + "-2", 10, ReleaseCause.UPSTREAM_FAILED, "bad_gateway", 660));
        assertThat(other("/api/log/self?page_size=1", "USER " + id, 2).has("paid_from"))
                .isFalse();
        assertThat(other("/api/log/self?page_size=1", "USER " + id, 5).has("billing_source"))
                .isFalse();
    }

    @Test
    void everyAttemptKeepsItsOwnConversion() {
        publish(call(id + "-1", 10, List.of(new LotSlice(BOUGHT, Quota.of(10)))));
        assertThat(row(LogKind.CONSUME).attempts()).containsExactly(FAILED, ANSWERED);
        assertThat(TestSystem.get("/api/log/self/export?format=jsonl&type=2", "USER " + id)
                        .body())
                .contains("\"conversion\":[\"claude\",\"openai_responses\"]", "\"conversion\":[\"claude\",\"openai\"]");
    }
}
