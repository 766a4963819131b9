package io.tollbook.query.account;

import static io.tollbook.query.Calls.held;
import static io.tollbook.query.Calls.quarantined;
import static io.tollbook.query.Calls.released;
import static io.tollbook.query.Calls.reopened;
import static io.tollbook.query.Calls.resolved;
import static io.tollbook.query.Calls.settled;
import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.BalanceOf;
import io.tollbook.kernel.account.BookEntry;
import io.tollbook.kernel.account.BookOf;
import io.tollbook.kernel.account.BookSummary;
import io.tollbook.kernel.account.BookSummaryOf;
import io.tollbook.kernel.account.CallFilter;
import io.tollbook.kernel.account.CallNames;
import io.tollbook.kernel.account.ChargeProposal;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.ListedHold;
import io.tollbook.kernel.account.OpenHolds;
import io.tollbook.kernel.account.QuarantinedCall;
import io.tollbook.kernel.account.QuarantinedCalls;
import io.tollbook.kernel.account.QuarantinedUsage;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.Resolution;
import io.tollbook.kernel.account.UnresolvedCall;
import io.tollbook.kernel.account.UnresolvedCalls;
import io.tollbook.kernel.account.UsageFault;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.log.UsageLog;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which calls are open, unresolved or quarantined, and that every read model agrees about what a decision moved. */
class CallQueriesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final long id = TestSystem.number();
    private final long token = TestSystem.number();
    private final long root = TestSystem.number();
    private final AccountId account = new AccountId(id);
    private final Map<String, String> byRoot = Map.of(
            "actor", Long.toString(root), "role", "ROOT", "authentication", "session", "reason", "seen on the bill");

    private void people() {
        publish(
                World.user(id, "call" + id, Role.USER, "default"),
                World.user(root, "boss" + root, Role.ROOT, "default"),
                World.token(token, id, World.terms("key" + id, null)));
    }

    private void leftBehind(String hold, long amount, long available) {
        publish(
                held(id, token, hold, amount, available - amount),
                released(id, token, hold, amount, ReleaseCause.LEASE_ENDED, "unresolved", available));
    }

    private Page<UnresolvedCall> unresolved(boolean decided) {
        return ask(new UnresolvedCalls(CallFilter.of(account), decided, Paging.first(10)));
    }

    @Test
    void openHoldsAreListedByAgeWithTheirNames() {
        people();
        Instant start = Instant.parse("2026-05-01T00:00:00Z");
        publish(held(id, token, id + "-b", 10, 90, start.plusSeconds(1)), held(id, token, id + "-a", 20, 70, start));
        Page<ListedHold> page = ask(new OpenHolds(CallFilter.of(account), Paging.first(10)));
        assertThat(page.total()).isEqualTo(2);
        assertThat(page.items()).extracting(row -> row.hold().value()).containsExactly(id + "-a", id + "-b");
        assertThat(page.items().getFirst().names().user()).isEqualTo("call" + id);
        assertThat(page.items().getFirst().names().token()).isEqualTo("key" + id);
    }

    @Test
    void everyFilterNarrowsAndPagesDoNotOverlap() {
        people();
        for (int i = 0; i < 3; i++) publish(held(id, token, id + "-" + i, 10, 90));
        assertThat(open(null, "call" + id, null, null)).isEqualTo(3);
        assertThat(open(null, "call" + id + "%", "gpt-4o%", 3L)).isEqualTo(3);
        assertThat(open(id + "-1", null, null, null)).isEqualTo(1);
        assertThat(open(null, "call" + id, "other", null)).isZero();
        assertThat(open(null, "call" + id, null, 4L)).isZero();
        Page<ListedHold> second = ask(new OpenHolds(CallFilter.of(account), new Paging(2, 2)));
        assertThat(second.items()).extracting(row -> row.hold().value()).containsExactly(id + "-2");
    }

    private long open(@Nullable String hold, @Nullable String user, @Nullable String model, @Nullable Long channel) {
        return ask(new OpenHolds(
                        new CallFilter(
                                account,
                                hold == null ? null : new HoldId(hold),
                                user,
                                model,
                                channel == null ? null : new ChannelId(channel)),
                        Paging.first(10)))
                .total();
    }

    @Test
    void aDecisionIsKnownWithWhoTookItAndWhyAndCanBeTakenBack() {
        people();
        publish(World.account(id, 1_000));
        leftBehind(id + "-a", 100, 1_000);
        assertThat(unresolved(false).items()).singleElement().satisfies(call -> {
            assertThat(call.held()).isEqualTo(Quota.of(100));
            assertThat(call.decision()).isNull();
            assertThat(call.channel()).isEqualTo(new ChannelId(3));
        });

        publish(byRoot, resolved(id, token, id + "-a", Resolution.CHARGED, 100, 40, 960));
        assertThat(unresolved(false).items()).isEmpty();
        assertThat(unresolved(true).items()).singleElement().satisfies(call -> {
            UnresolvedCall.Decision decision = java.util.Objects.requireNonNull(call.decision());
            assertThat(decision.resolution()).isEqualTo(Resolution.CHARGED);
            assertThat(decision.charged()).isEqualTo(Quota.of(40));
            assertThat(decision.byName()).isEqualTo("boss" + root);
            assertThat(decision.reason()).isEqualTo("seen on the bill");
        });

        publish(byRoot, reopened(id, token, id + "-a", Resolution.CHARGED, 40, 1_000));
        assertThat(unresolved(true).items()).isEmpty();
        assertThat(unresolved(false).total()).isEqualTo(1);
    }

    @Test
    void balanceBookAndEquationAgreeAboutADecision() {
        publish(World.account(id, 1_000));
        leftBehind(id + "-a", 100, 1_000);
        publish(byRoot, resolved(id, token, id + "-a", Resolution.CHARGED, 100, 40, 960));
        assertThat(ask(new BalanceOf(account)).available()).isEqualTo(Quota.of(960));
        assertThat(ask(new BalanceOf(account)).used()).isEqualTo(Quota.ZERO);
        publish(byRoot, reopened(id, token, id + "-a", Resolution.CHARGED, 40, 1_000));
        assertThat(ask(new BalanceOf(account)).available()).isEqualTo(Quota.of(1_000));
    }

    @Test
    void theBookTellsOfADecisionAndItsSumsBalance() {
        TestSystem.publishTo(account.toString(), World.account(id, 1_000));
        TestSystem.publishTo(
                account.toString(),
                held(id, token, id + "-a", 100, 900),
                released(id, token, id + "-a", 100, ReleaseCause.LEASE_ENDED, "unresolved", 1_000),
                resolved(id, token, id + "-a", Resolution.CHARGED, 100, 40, 960));
        BookSummary charged = ask(new BookSummaryOf(account, null));
        assertThat(charged.deducted()).isEqualTo(Quota.of(40));
        assertThat(charged.available()).isEqualTo(Quota.of(960));
        TestSystem.publishTo(account.toString(), reopened(id, token, id + "-a", Resolution.CHARGED, 40, 1_000));
        BookSummary back = ask(new BookSummaryOf(account, null));
        assertThat(back.deducted()).isEqualTo(Quota.ZERO);
        assertThat(back.available()).isEqualTo(Quota.of(1_000));
        List<BookEntry> entries = ask(new BookOf(account, null, Set.of(), id + "-a", null, 10));
        assertThat(entries)
                .extracting(BookEntry::summary)
                .startsWith(
                        "The decision about an unresolved call to gpt-4o-mini taken back; 40 returned",
                        "40 charged by an administrator for an unresolved call to gpt-4o-mini");
        assertThat(entries.stream().map(BookEntry::change).limit(2)).containsExactly(Quota.of(40), Quota.of(-40));
        assertThat(entries.getFirst().available()).isEqualTo(Quota.of(1_000));
    }

    @Test
    void actsStandInTheLogUnderTheirCallAndCostNothingThere() {
        people();
        leftBehind(id + "-a", 100, 1_000);
        publish(
                byRoot,
                held(id, token, id + "-b", 10, 990),
                released(id, token, id + "-b", 10, ReleaseCause.BY_HAND, "", 1_000));
        publish(byRoot, resolved(id, token, id + "-a", Resolution.CHARGED, 100, 40, 960));
        publish(byRoot, reopened(id, token, id + "-a", Resolution.CHARGED, 40, 1_000));
        publish(byRoot, resolved(id, token, id + "-a", Resolution.WRITTEN_OFF, 100, 0, 1_000));
        List<LogRow> rows = ask(new UsageLog(LogFilter.of(new UserId(id)), Paging.first(10)))
                .items();
        assertThat(rows.stream()
                        .filter(row ->
                                row.kind() == LogKind.MANAGE && !row.request().isEmpty()))
                .extracting(LogRow::content)
                .containsExactly(
                        "Wrote off an unresolved call that held 100 quota: seen on the bill",
                        "Took back a decision about an unresolved call and returned 40 quota: seen on the bill",
                        "Charged an unresolved call 40 quota: seen on the bill",
                        "Released a hold of 10 quota: seen on the bill");
        assertThat(rows).allSatisfy(row -> assertThat(row.quota()).isEqualTo(Quota.ZERO));
    }

    @Test
    void proposesWhatSuchCallsOfTheUserCostAndNeverMoreThanWasHeld() {
        leftBehind(id + "-a", 100, 1_000);
        leftBehind(id + "-c", 5, 1_000);
        publish(settled(id, token, id + "-s1", 90, 20, 0), settled(id, token, id + "-s2", 90, 21, 0));
        // The statistics know the hour, which began before the call was left behind.
        assertThat(ask(new ChargeProposal(new HoldId(id + "-a")))).isEqualTo(Quota.of(20));
        assertThat(ask(new ChargeProposal(new HoldId(id + "-c")))).isEqualTo(Quota.of(5));
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> ask(new ChargeProposal(new HoldId("nothing-" + id))));
    }

    @Test
    void quarantinedUsageIsListedWithItsChannelAndItsNumbers() {
        people();
        QuarantinedUsage usage = new QuarantinedUsage(
                UsageFault.CACHE_ABOVE_PROMPT, Map.of("prompt_tokens_details.cached_tokens", "12"), false);
        publish(held(id, token, id + "-a", 100, 900), quarantined(id, token, id + "-a", 100, 30, 970, usage));
        QuarantinedCall call = quarantinedCalls(null).getFirst();
        assertThat(call.usage()).isEqualTo(usage);
        assertThat(call.channel()).isEqualTo(new ChannelId(3));
        assertThat(call.charged()).isEqualTo(Quota.of(30));
        assertThat(call.names()).extracting(CallNames::user).isEqualTo("call" + id);
        assertThat(quarantinedCalls(UsageFault.CACHE_ABOVE_PROMPT)).hasSize(1);
        assertThat(quarantinedCalls(UsageFault.NOT_A_COUNT)).isEmpty();
    }

    private List<QuarantinedCall> quarantinedCalls(@Nullable UsageFault fault) {
        return ask(new QuarantinedCalls(CallFilter.of(account), fault, Paging.first(10)))
                .items();
    }

    @Test
    void theManagementApiShowsAdministratorsAllThree() {
        people();
        leftBehind(id + "-a", 100, 1_000);
        publish(
                held(id, token, id + "-b", 10, 990),
                held(id, token, id + "-c", 10, 980),
                quarantined(
                        id,
                        token,
                        id + "-c",
                        10,
                        3,
                        987,
                        new QuarantinedUsage(UsageFault.NOT_A_COUNT, Map.of("prompt_tokens", "-1"), false)));
        JsonNode hold = get("/api/hold/?account=" + id).path("items").get(0);
        assertThat(hold.path("request_id").stringValue()).isEqualTo(id + "-b");
        assertThat(hold.path("node").stringValue()).isEqualTo("node-1");
        JsonNode waiting = get("/api/unresolved/?account=" + id).path("items").get(0);
        assertThat(waiting.path("held_quota").longValue()).isEqualTo(100);
        assertThat(waiting.path("resolution").stringValue()).isEmpty();
        assertThat(get("/api/unresolved/" + id + "-a").path("proposed_quota").longValue())
                .isBetween(0L, 100L);
        JsonNode odd = get("/api/quarantine/?fault=not_a_count&account=" + id)
                .path("items")
                .get(0);
        assertThat(odd.path("usage").path("prompt_tokens").stringValue()).isEqualTo("-1");
        publish(byRoot, resolved(id, token, id + "-a", Resolution.LEFT_WITH_CUSTOMER, 100, 0, 1_000));
        assertThat(get("/api/unresolved/?decided=true&account=" + id)
                        .path("items")
                        .get(0)
                        .path("resolution")
                        .stringValue())
                .isEqualTo("leave");
    }

    @Test
    void usersAndGuestsSeeNoneOfThem() {
        people();
        for (String path : List.of("/api/hold/", "/api/unresolved/", "/api/unresolved/x", "/api/quarantine/")) {
            assertThat(JSON.readTree(TestSystem.get(path, "USER " + id).body())
                            .path("success")
                            .booleanValue())
                    .isFalse();
            assertThat(TestSystem.get(path, "").statusCode()).isEqualTo(401);
        }
    }

    private JsonNode get(String path) {
        JsonNode answer = JSON.readTree(TestSystem.get(path, "ROOT " + root).body());
        assertThat(answer.path("success").booleanValue()).as(answer.toString()).isTrue();
        return answer.path("data");
    }
}
