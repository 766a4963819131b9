package io.tollbook.query.account;

import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Reason;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AdjustQuota;
import io.tollbook.kernel.account.AdjustmentApproved;
import io.tollbook.kernel.account.AdjustmentExpired;
import io.tollbook.kernel.account.AdjustmentRejected;
import io.tollbook.kernel.account.AdjustmentRequested;
import io.tollbook.kernel.account.AdjustmentState;
import io.tollbook.kernel.account.AdjustmentWithdrawn;
import io.tollbook.kernel.account.Adjustments;
import io.tollbook.kernel.account.ListedAdjustment;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.account.OverdueAdjustments;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.log.LogRowsBefore;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which changes of quota wait, how others ended, and where each step is told. */
class AdjustmentProjectionTest {
    private static final Instant ASKED = Instant.parse("2026-05-01T12:00:00Z");
    private static final Instant END = ASKED.plusSeconds(600);

    private final long id = TestSystem.number();
    private final long asking = TestSystem.number();
    private final long deciding = TestSystem.number();
    private final AccountId account = new AccountId(id);
    private final LotId lot = new LotId("change-" + id);

    @BeforeEach
    void someone() {
        publish(
                World.user(id, "customer" + id, Role.USER, "default"),
                World.user(asking, "asking" + asking, Role.ADMIN, "default"),
                World.user(deciding, "deciding" + deciding, Role.ADMIN, "default"));
        publish(World.account(id, 1_000));
        publish(
                Map.of("actor", Long.toString(asking), "role", "ADMIN"),
                requested(lot, AdjustQuota.Mode.ADD, 5_000, 5_000));
    }

    private AdjustmentRequested requested(LotId which, AdjustQuota.Mode mode, long value, long change) {
        boolean sold = mode == AdjustQuota.Mode.ADD;
        return new AdjustmentRequested(
                which,
                account,
                mode,
                Quota.of(value),
                sold ? LotClass.PAID : LotClass.COMPENSATION,
                sold ? new Money(10_000_000L, "USD") : null,
                Quota.of(change),
                Quota.of(1_000),
                new UserId(asking),
                new Reason("invoice 17"),
                ASKED,
                END);
    }

    private List<ListedAdjustment> listed(boolean ended) {
        return ask(new Adjustments(account, null, ended, Paging.first(10))).items();
    }

    private void by(Object event, String reason) {
        publish(Map.of("actor", Long.toString(deciding), "role", "ADMIN", "reason", reason), event);
    }

    private String logOf(long user) {
        return ask(new LogRowsBefore(LogFilter.of(new UserId(user)).ofKind(LogKind.MANAGE), Long.MAX_VALUE, 1)).stream()
                .map(LogRow::content)
                .findFirst()
                .orElse("");
    }

    @Test
    void whatWaitsSaysWhoWantsWhatAndWhatItWouldDo() {
        publish(World.grant(id, "more", 500, 1_500, null));
        ListedAdjustment row = listed(false).getFirst();
        assertThat(row.state()).isEqualTo(AdjustmentState.PENDING);
        assertThat(row.username()).isEqualTo("customer" + id);
        assertThat(row.requestedByName()).isEqualTo("asking" + asking);
        assertThat(row.reason()).isEqualTo("invoice 17");
        assertThat(row.pricePaid()).isEqualTo(new Money(10_000_000L, "USD"));
        assertThat(row.availableThen()).isEqualTo(Quota.of(1_000));
        assertThat(row.availableNow()).isEqualTo(Quota.of(1_500));
        assertThat(row.afterwards()).isEqualTo(Quota.of(6_500));
        assertThat(row.expiresAt()).isEqualTo(END);
        assertThat(row.decision()).isNull();
        assertThat(listed(true)).isEmpty();
        assertThat(logOf(asking)).isEqualTo("Asked to add 5,000 quota to user " + id + ": invoice 17");
    }

    @Test
    void takingMoreThanThereIsLeavesNothing() {
        publish(
                requested(new LotId("s" + id), AdjustQuota.Mode.SUBTRACT, 9_000, -9_000),
                requested(new LotId("o" + id), AdjustQuota.Mode.OVERRIDE, 12, -988));
        assertThat(listed(false))
                .extracting(ListedAdjustment::afterwards)
                .containsExactlyInAnyOrder(Quota.of(6_000), Quota.ZERO, Quota.of(12));
    }

    @Test
    void anApprovedOneSaysWhoApprovedAndWhatItDid() {
        by(
                new AdjustmentApproved(
                        lot, account, new UserId(asking), Quota.of(1_000), Quota.of(6_000), ASKED.plusSeconds(9)),
                "");
        assertThat(listed(false)).isEmpty();
        ListedAdjustment row = listed(true).getFirst();
        assertThat(row.state()).isEqualTo(AdjustmentState.APPROVED);
        assertThat(row.decision())
                .isEqualTo(new ListedAdjustment.Decision(
                        deciding, "deciding" + deciding, "", ASKED.plusSeconds(9), Quota.of(1_000), Quota.of(6_000)));
        assertThat(logOf(deciding)).isEqualTo("Approved a change of quota of user " + id);
    }

    @Test
    void othersSayHowTheyEnded() {
        LotId withdrawn = new LotId("w" + id);
        LotId expired = new LotId("e" + id);
        publish(
                requested(withdrawn, AdjustQuota.Mode.ADD, 1, 1),
                requested(expired, AdjustQuota.Mode.ADD, 1, 1),
                new AdjustmentExpired(expired, account, new UserId(asking), END));
        by(new AdjustmentRejected(lot, account, new UserId(asking), ASKED.plusSeconds(1)), "not agreed");
        publish(
                Map.of("actor", Long.toString(asking)),
                new AdjustmentWithdrawn(withdrawn, account, new UserId(asking), ASKED.plusSeconds(2)));
        assertThat(listed(true))
                .as("the latest first")
                .extracting(ListedAdjustment::state)
                .containsExactly(AdjustmentState.EXPIRED, AdjustmentState.WITHDRAWN, AdjustmentState.REJECTED);
        assertThat(listed(true).getLast().decision())
                .isEqualTo(new ListedAdjustment.Decision(
                        deciding, "deciding" + deciding, "not agreed", ASKED.plusSeconds(1), null, null));
        assertThat(logOf(deciding)).isEqualTo("Rejected a change of quota of user " + id + ": not agreed");
    }

    @Test
    void onlyWhatWaitsIsOverdueFromItsEndOn() {
        assertThat(ask(new OverdueAdjustments(END.minusNanos(1_000)))).doesNotContain(lot);
        assertThat(ask(new OverdueAdjustments(END))).contains(lot);
        publish(new AdjustmentExpired(lot, account, new UserId(asking), END));
        assertThat(ask(new OverdueAdjustments(END))).doesNotContain(lot);
    }

    @Test
    void aRebuiltReadModelHasTheSameRows() {
        by(new AdjustmentRejected(lot, account, new UserId(asking), ASKED.plusSeconds(1)), "no");
        List<ListedAdjustment> before = listed(true);
        TestSystem.rebuild("balance");
        assertThat(listed(true)).isEqualTo(before).hasSize(1);
    }

    @Test
    void theApiListsThemForAdministratorsAndAuditors() {
        String path = "/api/adjustment/?account=" + id;
        JsonNode row = JsonMapper.shared()
                .readTree(TestSystem.get(path, "ADMIN 1").body())
                .path("data")
                .path("items")
                .get(0);
        assertThat(row.path("mode").stringValue()).isEqualTo("add");
        assertThat(row.path("price_paid").stringValue()).isEqualTo("0.01");
        assertThat(row.path("requested_by").longValue()).isEqualTo(asking);
        assertThat(row.path("state").stringValue()).isEqualTo("pending");
        assertThat(TestSystem.get(path + "&username=%25tomer" + id, "AUDITOR 1").body())
                .contains("\"total\":1");
        assertThat(TestSystem.get(path, "USER " + id).body()).contains("\"success\":false");
        assertThat(TestSystem.get(path, "").statusCode()).isEqualTo(401);
    }
}
