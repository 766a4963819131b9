package io.tollbook.command.account;

import static io.tollbook.kernel.Refusal.ACCOUNT_FROZEN;
import static io.tollbook.kernel.Refusal.HOLD_RESOLVED;
import static io.tollbook.kernel.Refusal.HOLD_UNKNOWN;
import static io.tollbook.kernel.Refusal.INSUFFICIENT_QUOTA;
import static io.tollbook.kernel.Refusal.TOKEN_QUOTA_INSUFFICIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountFrozen;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AccountOpened;
import io.tollbook.kernel.account.AccountUnfrozen;
import io.tollbook.kernel.account.AdjustQuota;
import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.CallTiming;
import io.tollbook.kernel.account.ExpireLots;
import io.tollbook.kernel.account.FreezeAccount;
import io.tollbook.kernel.account.FundsHeld;
import io.tollbook.kernel.account.GrantQuota;
import io.tollbook.kernel.account.HoldFunds;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.LimitToken;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotExpired;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.LotSlice;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.OpenAccount;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.QuarantinedUsage;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.QuotaDeducted;
import io.tollbook.kernel.account.QuotaGranted;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.ReleaseHold;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.account.TokenLimited;
import io.tollbook.kernel.account.UnfreezeAccount;
import io.tollbook.kernel.account.UsageFault;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.CustomTypeSafeMatcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountTest {
    private static final AccountId ANN = new AccountId(17);
    private static final UserId USER = new UserId(17);
    private static final TokenId KEY = new TokenId(3);
    private static final ChannelId CHANNEL = new ChannelId(2);
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Instant LEASE_END = NOW.plusSeconds(3_600);
    private static final HoldId H1 = new HoldId("h1");
    private static final HoldId H2 = new HoldId("h2");
    private static final List<Attempt> ANSWERED =
            List.of(new Attempt(CHANNEL, "gpt", Attempt.Outcome.ANSWERED, 200, 40));
    private static final CallTiming TIMING = new CallTiming(NOW, 20, 50, true);

    private final AggregateTestFixture<Account> account = new AggregateTestFixture<>(Account.class);

    @Test
    void opensEmpty() {
        account.givenNoPriorActivity().when(new OpenAccount(ANN, USER)).expectEvents(new AccountOpened(ANN, USER));
    }

    @Test
    void holdsTheWholeBalance() {
        account.given(with(12_000)).when(hold(H1, 12_000)).expectEvents(held(H1, 12_000, 0));
    }

    @Test
    void refusesOneUnitMoreThanTheBalance() {
        refused(account.given(with(12_000)).when(hold(H1, 12_001)), INSUFFICIENT_QUOTA);
    }

    @Test
    void holdsAnEstimateWhereThereIsManyTimesAsMuch() {
        account.given(with(16 * 700)).when(hold(H1, 700, true)).expectEvents(held(H1, 700, 15 * 700));
    }

    @Test
    void refusesAnEstimateWhereTheBalanceIsScarce() {
        refused(account.given(with(16 * 700 - 1)).when(hold(H1, 700, true)), INSUFFICIENT_QUOTA);
    }

    @Test
    void refusesAnEstimateWhereTheKeyHasLittleLeft() {
        refused(
                account.given(with(1_000_000, limited(16 * 700 - 1))).when(hold(H1, 700, true)),
                TOKEN_QUOTA_INSUFFICIENT);
    }

    @Test
    void holdsOnceWhenTheRelayRetries() {
        account.given(with(12_000, held(H1, 9_000, 3_000)))
                .when(hold(H1, 9_000))
                .expectNoEvents();
    }

    @Test
    void holdsNothingForAFreeCall() {
        account.given(with(0)).when(hold(H1, 0)).expectEvents(held(H1, 0, 0, List.of()));
    }

    @Test
    void refusesAHoldThatHasEnded() {
        refused(
                account.given(with(100, held(H1, 40, 60), settled(H1, 40, 10, 90)))
                        .when(hold(H1, 40)),
                HOLD_RESOLVED);
    }

    @Test
    void refusesAHoldOnAFrozenAccount() {
        refused(account.given(with(100, new AccountFrozen(ANN))).when(hold(H1, 1)), ACCOUNT_FROZEN);
    }

    @Test
    void freezesOnce() {
        account.given(with(0)).when(new FreezeAccount(ANN)).expectEvents(new AccountFrozen(ANN));
        account.given(with(0, new AccountFrozen(ANN)))
                .when(new FreezeAccount(ANN))
                .expectNoEvents();
    }

    @Test
    void unfreezesOnlyWhatIsFrozen() {
        account.given(with(0, new AccountFrozen(ANN)))
                .when(new UnfreezeAccount(ANN))
                .expectEvents(new AccountUnfrozen(ANN));
        account.given(with(0)).when(new UnfreezeAccount(ANN)).expectNoEvents();
    }

    @Test
    void limitsAKeyToItsOwnQuota() {
        account.given(with(1_000, limited(100))).when(hold(H1, 100)).expectEvents(held(H1, 100, 900));
    }

    @Test
    void refusesOneUnitMoreThanTheKeyHas() {
        refused(account.given(with(1_000, limited(100))).when(hold(H1, 101)), TOKEN_QUOTA_INSUFFICIENT);
    }

    @Test
    void aCallWithoutAKeyIsHeldByTheBalanceAlone() {
        HoldFunds all = hold(H1, 1_000);
        HoldFunds ofSession = new HoldFunds(
                ANN,
                H1,
                USER,
                TokenId.SESSION,
                all.model(),
                all.group(),
                all.priceVersion(),
                CHANNEL,
                Quota.of(1_000),
                false,
                all.node(),
                NOW,
                LEASE_END);
        account.given(with(1_000, limited(100))).when(ofSession).expectSuccessfulHandlerExecution();
        refused(account.given(with(999, limited(100))).when(ofSession), INSUFFICIENT_QUOTA);
        assertThatThrownBy(() -> new LimitToken(ANN, TokenId.SESSION, Quota.of(7)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatAKeyHasHeldIsNotSpentTwice() {
        refused(
                account.given(with(1_000, limited(100), held(H1, 60, 940))).when(hold(H2, 41)),
                TOKEN_QUOTA_INSUFFICIENT);
    }

    @Test
    void aNewLimitCountsOpenHolds() {
        refused(
                account.given(with(1_000, held(H1, 60, 940), limited(100))).when(hold(H2, 41)),
                TOKEN_QUOTA_INSUFFICIENT);
    }

    @Test
    void whatAKeyDidNotUseItMaySpendAgain() {
        account.given(with(1_000, limited(100), held(H1, 60, 940), settled(H1, 60, 10, 990)))
                .when(hold(H2, 90))
                .expectEvents(held(H2, 90, 900));
    }

    @Test
    void aKeyWithoutLimitSpendsTheBalance() {
        account.given(with(1_000, limited(100), new TokenLimited(ANN, KEY, null)))
                .when(hold(H1, 1_000))
                .expectEvents(held(H1, 1_000, 0));
    }

    @Test
    void limitsAKey() {
        account.given(with(0)).when(new LimitToken(ANN, KEY, Quota.of(7))).expectEvents(limited(7));
    }

    @Test
    void settlesAndGivesTheRestBack() {
        account.given(with(12_000, held(H1, 12_000, 0)))
                .when(settle(H1, 9_340))
                .expectEvents(settled(H1, 12_000, 9_340, 2_660));
    }

    @Test
    void keepsWhatAProviderSaidThatCannotBe() {
        QuarantinedUsage said = new QuarantinedUsage(UsageFault.NOT_A_COUNT, Map.of("completion_tokens", "-7"), false);
        account.given(with(100, held(H1, 40, 60)))
                .when(new SettleUsage(
                        ANN, H1, METERS, Provenance.QUARANTINED, Quota.of(10), ANSWERED, TIMING, "up-1", said));
        assertThat(account.getEventStore()
                        .readEvents(ANN.toString())
                        .asStream()
                        .toList()
                        .getLast()
                        .getPayload())
                .isInstanceOfSatisfying(UsageSettled.class, event -> {
                    assertThat(event.quarantined()).isEqualTo(said);
                    assertThat(event.provenance()).isEqualTo(Provenance.QUARANTINED);
                });
    }

    @Test
    void keepsNothingOfWhatCanBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SettleUsage(
                        ANN, H1, METERS, Provenance.QUARANTINED, Quota.of(10), ANSWERED, TIMING, "up-1", null));
    }

    @Test
    void settlesTheWholeHold() {
        account.given(with(12_000, held(H1, 12_000, 0)))
                .when(settle(H1, 12_000))
                .expectEvents(settled(H1, 12_000, 12_000, 0));
    }

    @Test
    void settlesOnceWhenTheRelayRetries() {
        account.given(with(100, held(H1, 40, 60), settled(H1, 40, 10, 90)))
                .when(settle(H1, 10))
                .expectNoEvents();
    }

    @Test
    void takesMoreThanTheHoldFromTheBalance() {
        account.given(with(100, held(H1, 40, 60))).when(settle(H1, 70)).expectEvents(settled(H1, 40, 70, 30));
    }

    @Test
    void booksWhatNoLotCoversAsOverdraft() {
        account.given(with(100, held(H1, 60, 40)))
                .when(settle(H1, 103))
                .expectEvents(settled(H1, 60, 103, List.of(slice("g1", 60), slice("g1", 40)), 3, 0));
    }

    @Test
    void theNextGrantPaysTheOverdraftFirst() {
        account.given(with(
                        100, held(H1, 60, 40), settled(H1, 60, 103, List.of(slice("g1", 60), slice("g1", 40)), 3, 0)))
                .when(grant("g2", 500, LotClass.PAID, null))
                .expectEvents(granted("g2", LotClass.PAID, 500, 3, null, 497));
    }

    @Test
    void aGrantSmallerThanTheOverdraftAddsNothing() {
        account.given(with(
                        100, held(H1, 60, 40), settled(H1, 60, 103, List.of(slice("g1", 60), slice("g1", 40)), 3, 0)))
                .when(grant("g2", 2, LotClass.PAID, null))
                .expectEvents(granted("g2", LotClass.PAID, 2, 2, null, 0));
    }

    @Test
    void refusesToSettleWhatWasNeverHeld() {
        refused(account.given(with(100)).when(settle(H1, 10)), HOLD_UNKNOWN);
    }

    @Test
    void refusesToSettleWhatWasReleased() {
        refused(
                account.given(with(100, held(H1, 40, 60), released(H1, 40, 100)))
                        .when(settle(H1, 10)),
                HOLD_RESOLVED);
    }

    @Test
    void releasesTheWholeHold() {
        account.given(with(100, held(H1, 40, 60))).when(release(H1)).expectEvents(released(H1, 40, 100));
    }

    @Test
    void releasesOnce() {
        account.given(with(100, held(H1, 40, 60), released(H1, 40, 100)))
                .when(release(H1))
                .expectNoEvents();
    }

    @Test
    void refusesToReleaseWhatWasSettled() {
        refused(
                account.given(with(100, held(H1, 40, 60), settled(H1, 40, 10, 90)))
                        .when(release(H1)),
                HOLD_RESOLVED);
    }

    @Test
    void refusesToReleaseWhatWasNeverHeld() {
        refused(account.given(with(100)).when(release(H1)), HOLD_UNKNOWN);
    }

    @Test
    void settlesOnAFrozenAccount() {
        account.given(with(100, held(H1, 40, 60), new AccountFrozen(ANN)))
                .when(settle(H1, 10))
                .expectEvents(settled(H1, 40, 10, 90));
    }

    @Test
    void grantsOnce() {
        account.given(with(0))
                .when(grant("g2", 500, LotClass.PAID, null))
                .expectEvents(granted("g2", LotClass.PAID, 500, 0, null, 500));
        account.given(with(100)).when(grant("g1", 100, LotClass.PAID, null)).expectNoEvents();
    }

    @Test
    void burnsWhatExpiresFirstThenGiftsThenPaidQuota() {
        Instant soon = NOW.plusSeconds(60);
        account.given(with(
                        100,
                        granted("gift", LotClass.PROMO, 50, 0, null, 150),
                        granted("soon", LotClass.PAID, 30, 0, soon, 180)))
                .when(hold(H1, 90))
                .expectEvents(held(H1, 90, 90, List.of(slice("soon", 30), slice("gift", 50), slice("g1", 10))));
    }

    @Test
    void doesNotHoldWhatHasExpired() {
        refused(
                account.given(with(0, granted("old", LotClass.PROMO, 50, 0, NOW, 50)))
                        .when(hold(H1, 1)),
                INSUFFICIENT_QUOTA);
    }

    @Test
    void holdsWhatExpiresAMomentLater() {
        account.given(with(0, granted("old", LotClass.PROMO, 50, 0, NOW.plusMillis(1), 50)))
                .when(hold(H1, 50))
                .expectEvents(held(H1, 50, 0, List.of(slice("old", 50))));
    }

    @Test
    void expiresWhatIsLeftAndNotHeld() {
        Instant expiry = NOW.plusSeconds(1);
        account.given(with(
                        0,
                        granted("old", LotClass.PROMO, 50, 0, expiry, 50),
                        held(H1, 20, 30, List.of(slice("old", 20)))))
                .when(new ExpireLots(ANN, expiry))
                .expectEvents(new LotExpired(ANN, new LotId("old"), Quota.of(30), Quota.ZERO, expiry));
    }

    @Test
    void expiresNothingAMomentTooEarly() {
        account.given(with(0, granted("old", LotClass.PROMO, 50, 0, NOW, 50)))
                .when(new ExpireLots(ANN, NOW.minusMillis(1)))
                .expectNoEvents();
    }

    @Test
    void adjustsUpwards() {
        account.given(with(100)).when(adjust(AdjustQuota.Mode.ADD, 40)).expectEvents(adjusted(40, 140));
    }

    @Test
    void takesWhatIsThere() {
        account.given(with(100)).when(adjust(AdjustQuota.Mode.SUBTRACT, 40)).expectEvents(deducted(40, 60));
        account.given(with(100)).when(adjust(AdjustQuota.Mode.SUBTRACT, 140)).expectEvents(deducted(100, 0));
    }

    @Test
    void leavesHeldQuotaAlone() {
        account.given(with(100, held(H1, 90, 10)))
                .when(adjust(AdjustQuota.Mode.SUBTRACT, 100))
                .expectEvents(deducted(10, 0));
    }

    @Test
    void refusesToTakeFromNothing() {
        refused(account.given(with(0)).when(adjust(AdjustQuota.Mode.SUBTRACT, 1)), INSUFFICIENT_QUOTA);
    }

    @Test
    void setsTheBalance() {
        account.given(with(100)).when(adjust(AdjustQuota.Mode.OVERRIDE, 130)).expectEvents(adjusted(30, 130));
        account.given(with(100)).when(adjust(AdjustQuota.Mode.OVERRIDE, 70)).expectEvents(deducted(30, 70));
        account.given(with(100)).when(adjust(AdjustQuota.Mode.OVERRIDE, 100)).expectNoEvents();
    }

    @Test
    void adjustsOnce() {
        account.given(with(100, adjusted(40, 140)))
                .when(adjust(AdjustQuota.Mode.ADD, 40))
                .expectNoEvents();
    }

    private static void refused(ResultValidator<Account> result, Refusal refusal) {
        result.expectNoEvents().expectException(new CustomTypeSafeMatcher<Refused>("refused as " + refusal) {
            @Override
            protected boolean matchesSafely(Refused refused) {
                return refused.refusal() == refusal;
            }
        });
    }

    private static List<Object> with(long quota, Object... then) {
        List<Object> events = new ArrayList<>();
        events.add(new AccountOpened(ANN, USER));
        if (quota > 0) events.add(granted("g1", LotClass.PAID, quota, 0, null, quota));
        events.addAll(List.of(then));
        return events;
    }

    private static GrantQuota grant(String lot, long amount, LotClass lotClass, @Nullable Instant expiresAt) {
        return new GrantQuota(ANN, new LotId(lot), lotClass, Quota.of(amount), 0, expiresAt, "test", NOW);
    }

    private static QuotaGranted granted(
            String lot, LotClass lotClass, long amount, long repaid, @Nullable Instant expiresAt, long available) {
        return new QuotaGranted(
                ANN,
                new LotId(lot),
                lotClass,
                Quota.of(amount),
                Quota.of(repaid),
                0,
                expiresAt,
                "test",
                Quota.of(available),
                NOW);
    }

    private static AdjustQuota adjust(AdjustQuota.Mode mode, long value) {
        return new AdjustQuota(ANN, new LotId("a1"), mode, Quota.of(value), NOW);
    }

    private static QuotaGranted adjusted(long amount, long available) {
        return new QuotaGranted(
                ANN,
                new LotId("a1"),
                LotClass.COMPENSATION,
                Quota.of(amount),
                Quota.ZERO,
                0,
                null,
                "adjustment",
                Quota.of(available),
                NOW);
    }

    private static QuotaDeducted deducted(long amount, long available) {
        return new QuotaDeducted(
                ANN, new LotId("a1"), Quota.of(amount), List.of(slice("g1", amount)), Quota.of(available), NOW);
    }

    private static TokenLimited limited(long remaining) {
        return new TokenLimited(ANN, KEY, Quota.of(remaining));
    }

    private static LotSlice slice(String lot, long amount) {
        return new LotSlice(new LotId(lot), Quota.of(amount));
    }

    private static HoldFunds hold(HoldId hold, long worstCase) {
        return hold(hold, worstCase, false);
    }

    private static HoldFunds hold(HoldId hold, long worstCase, boolean estimated) {
        Quota amount = Quota.of(worstCase);
        return new HoldFunds(
                ANN, hold, USER, KEY, "gpt", "default", 1, CHANNEL, amount, estimated, "node", NOW, LEASE_END);
    }

    private static FundsHeld held(HoldId hold, long amount, long available) {
        return held(hold, amount, available, List.of(slice("g1", amount)));
    }

    private static FundsHeld held(HoldId hold, long amount, long available, List<LotSlice> slices) {
        return new FundsHeld(
                ANN,
                hold,
                USER,
                KEY,
                "gpt",
                "default",
                1,
                CHANNEL,
                Quota.of(amount),
                slices,
                Quota.of(available),
                "node",
                NOW,
                LEASE_END);
    }

    private static SettleUsage settle(HoldId hold, long charge) {
        return new SettleUsage(
                ANN, hold, METERS, Provenance.REPORTED, Quota.of(charge), ANSWERED, TIMING, "up-1", null);
    }

    private static final Meters METERS = new Meters(Map.of(Meter.INPUT, 5L, Meter.OUTPUT, 7L));

    private static UsageSettled settled(HoldId hold, long held, long charged, long available) {
        List<LotSlice> burned = charged <= held
                ? List.of(slice("g1", charged))
                : List.of(slice("g1", held), slice("g1", charged - held));
        return settled(hold, held, charged, burned, 0, available);
    }

    private static UsageSettled settled(
            HoldId hold, long held, long charged, List<LotSlice> burned, long overdraft, long available) {
        return new UsageSettled(
                ANN,
                hold,
                USER,
                KEY,
                "gpt",
                "default",
                1,
                METERS,
                Provenance.REPORTED,
                Quota.of(held),
                Quota.of(charged),
                burned,
                Quota.of(overdraft),
                Quota.of(available),
                ANSWERED,
                TIMING,
                "up-1",
                null);
    }

    private static ReleaseHold release(HoldId hold) {
        return new ReleaseHold(ANN, hold, ReleaseCause.UPSTREAM_FAILED, "bad_response", 502, ANSWERED, NOW);
    }

    private static HoldReleased released(HoldId hold, long amount, long available) {
        return new HoldReleased(
                ANN,
                hold,
                USER,
                KEY,
                "gpt",
                "default",
                Quota.of(amount),
                ReleaseCause.UPSTREAM_FAILED,
                "bad_response",
                502,
                ANSWERED,
                Quota.of(available),
                NOW);
    }
}
