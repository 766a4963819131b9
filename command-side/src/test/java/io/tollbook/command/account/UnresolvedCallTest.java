package io.tollbook.command.account;

import static io.tollbook.kernel.Refusal.HOLD_RESOLVED;
import static io.tollbook.kernel.Refusal.HOLD_UNKNOWN;
import static io.tollbook.kernel.Refusal.INSUFFICIENT_QUOTA;
import static io.tollbook.kernel.Refusal.INVALID;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Reason;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AccountOpened;
import io.tollbook.kernel.account.AdjustQuota;
import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.CallReopened;
import io.tollbook.kernel.account.CallResolved;
import io.tollbook.kernel.account.CallTiming;
import io.tollbook.kernel.account.FundsHeld;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.LotSlice;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.QuotaDeducted;
import io.tollbook.kernel.account.QuotaGranted;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.ReleaseHold;
import io.tollbook.kernel.account.ReleaseOpenHold;
import io.tollbook.kernel.account.ReopenCall;
import io.tollbook.kernel.account.Resolution;
import io.tollbook.kernel.account.ResolveCall;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.CustomTypeSafeMatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** Holds that are ended by hand, and calls whose end nobody saw: each is decided once, by whoever was first. */
class UnresolvedCallTest {
    private static final AccountId ANN = new AccountId(17);
    private static final UserId USER = new UserId(17);
    private static final TokenId KEY = new TokenId(3);
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final HoldId CALL = new HoldId("h1");
    private static final Reason WHY = new Reason("the provider's bill has it");
    private static final CallTiming TIMING = new CallTiming(NOW, 1, 1, false);
    private static final List<Attempt> SENT =
            List.of(new Attempt(new ChannelId(2), "gpt", Attempt.Outcome.UNKNOWN, 0, 0));

    private final AggregateTestFixture<Account> account = new AggregateTestFixture<>(Account.class);

    @Test
    void releasesAnOpenHoldByHand() {
        account.given(account(100, held(40, 60)))
                .when(releaseByHand())
                .expectEvents(released(40, ReleaseCause.BY_HAND, 100))
                .expectResultMessagePayload(null);
    }

    @Test
    void storesWhyBesideTheEvent() {
        account.given(account(100, held(40, 60))).when(releaseByHand());
        assertThat(account.getEventStore()
                        .readEvents(ANN.toString())
                        .asStream()
                        .toList()
                        .getLast()
                        .getMetaData())
                .containsEntry("reason", WHY.words());
    }

    @Test
    void refusesToReleaseByHandWhatWasSettledMeanwhile() {
        refused(account.given(account(100, held(40, 60), settled(40, 10, 90))).when(releaseByHand()), HOLD_RESOLVED);
    }

    @Test
    void refusesToReleaseByHandTwiceOrWhatWasNeverHeld() {
        refused(account.given(account(100)).when(releaseByHand()), HOLD_UNKNOWN);
        refused(
                account.given(account(100, held(40, 60), released(40, ReleaseCause.BY_HAND, 100)))
                        .when(releaseByHand()),
                HOLD_RESOLVED);
    }

    @Test
    void refusesToSettleWhatWasReleasedByHand() {
        refused(
                account.given(account(100, held(40, 60), released(40, ReleaseCause.BY_HAND, 100)))
                        .when(new SettleUsage(
                                ANN, CALL, Meters.NONE, Provenance.REPORTED, Quota.of(10), SENT, TIMING, null, null)),
                HOLD_RESOLVED);
    }

    @Test
    void chargesAllThatWasHeldAndSaysWhichLotPaid() {
        account.given(unresolved(100, 40)).when(charge(40)).expectEvents(charged(40, 40, 60, slice("g1", 40)));
    }

    @Test
    void refusesToChargeOneUnitMoreThanWasHeld() {
        refused(account.given(unresolved(100, 40)).when(charge(41)), INVALID);
    }

    @Test
    void refusesToChargeMoreThanIsLeft() {
        refused(account.given(unresolved(100, 40, deducted(61, 39))).when(charge(40)), INSUFFICIENT_QUOTA);
    }

    @Test
    void chargesTheVeryLastUnit() {
        account.given(unresolved(100, 40, deducted(60, 40)))
                .when(charge(40))
                .expectEvents(charged(40, 40, 0, slice("g1", 40)));
    }

    @Test
    void burnsInTheOrderOfNowAndNotOfThen() {
        account.given(unresolved(100, 40, granted("g2", LotClass.PROMO, 30, 130)))
                .when(charge(40))
                .expectEvents(charged(40, 40, 90, slice("g2", 30), slice("g1", 10)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Resolution.class,
            names = {"WRITTEN_OFF", "LEFT_WITH_CUSTOMER"})
    void decidesWithoutACharge(Resolution resolution) {
        account.given(unresolved(100, 40))
                .when(new ResolveCall(ANN, CALL, resolution, Quota.ZERO, WHY, NOW))
                .expectEvents(resolved(resolution, 40, 0, 100));
    }

    @ParameterizedTest
    @EnumSource(Resolution.class)
    void refusesASecondDecision(Resolution first) {
        Object event = first == Resolution.CHARGED ? charged(40, 10, 90, slice("g1", 10)) : resolved(first, 40, 0, 100);
        refused(account.given(unresolved(100, 40, event)).when(charge(10)), HOLD_RESOLVED);
        refused(
                account.given(unresolved(100, 40, event))
                        .when(new ResolveCall(ANN, CALL, Resolution.WRITTEN_OFF, Quota.ZERO, WHY, NOW)),
                HOLD_RESOLVED);
    }

    @Test
    void refusesToDecideAboutACallThatEndedAsItShould() {
        refused(account.given(account(100, held(40, 60), settled(40, 10, 90))).when(charge(10)), HOLD_UNKNOWN);
        refused(
                account.given(account(100, held(40, 60), released(40, ReleaseCause.UPSTREAM_FAILED, 100)))
                        .when(charge(10)),
                HOLD_UNKNOWN);
        refused(
                account.given(account(100, held(40, 60), released(40, ReleaseCause.BY_HAND, 100)))
                        .when(charge(10)),
                HOLD_UNKNOWN);
        refused(account.given(account(100, held(40, 60))).when(charge(10)), HOLD_UNKNOWN);
    }

    @Test
    void aLateReleaseOfTheRelayChangesNothing() {
        account.given(unresolved(100, 40))
                .when(new ReleaseHold(ANN, CALL, ReleaseCause.UPSTREAM_FAILED, "bad", 502, SENT, NOW))
                .expectNoEvents();
    }

    @Test
    void takesAChargeBackIntoTheLotsThatPaid() {
        account.given(unresolved(
                        100,
                        40,
                        granted("g2", LotClass.PROMO, 30, 130),
                        charged(40, 40, 90, slice("g2", 30), slice("g1", 10))))
                .when(reopen())
                .expectEvents(reopened(Resolution.CHARGED, 40, 130, slice("g2", 30), slice("g1", 10)));
        // The gift, spent and dropped in between, burns first again.
        account.given(unresolved(
                        100,
                        40,
                        granted("g2", LotClass.PROMO, 30, 130),
                        charged(40, 40, 90, slice("g2", 30), slice("g1", 10)),
                        reopened(Resolution.CHARGED, 40, 130, slice("g2", 30), slice("g1", 10))))
                .when(new AdjustQuota(ANN, new LotId("a1"), AdjustQuota.Mode.SUBTRACT, Quota.of(35), NOW))
                .expectEvents(new QuotaDeducted(
                        ANN,
                        new LotId("a1"),
                        Quota.of(35),
                        List.of(slice("g2", 30), slice("g1", 5)),
                        Quota.of(95),
                        NOW));
    }

    @Test
    void takesBackWhatCostNothing() {
        account.given(unresolved(100, 40, resolved(Resolution.WRITTEN_OFF, 40, 0, 100)))
                .when(reopen())
                .expectEvents(reopened(Resolution.WRITTEN_OFF, 0, 100));
    }

    @Test
    void refusesToTakeBackTwiceOrWhatNobodyDecided() {
        refused(account.given(unresolved(100, 40)).when(reopen()), HOLD_RESOLVED);
        refused(
                account.given(unresolved(
                                100,
                                40,
                                charged(40, 10, 90, slice("g1", 10)),
                                reopened(Resolution.CHARGED, 10, 100, slice("g1", 10))))
                        .when(reopen()),
                HOLD_RESOLVED);
        refused(account.given(account(100)).when(reopen()), HOLD_UNKNOWN);
    }

    @Test
    void decidesAnewWhatWasTakenBack() {
        account.given(unresolved(
                        100,
                        40,
                        charged(40, 10, 90, slice("g1", 10)),
                        reopened(Resolution.CHARGED, 10, 100, slice("g1", 10))))
                .when(charge(40))
                .expectEvents(charged(40, 40, 60, slice("g1", 40)));
    }

    @Test
    void aSnapshotRemembersWhatIsUnresolvedAndWhoPaid() {
        UnresolvedCalls calls = new UnresolvedCalls();
        calls.add(released(40, ReleaseCause.LEASE_ENDED, 100));
        Lot paid = new Lot(new LotId("g1"), LotClass.PAID, 0, null, 1, Quota.of(10), Quota.ZERO);
        calls.on(charged(40, 10, 90, slice("g1", 10)), List.of(paid));

        UnresolvedCalls copy =
                JsonMapper.shared().readValue(JsonMapper.shared().writeValueAsString(calls), UnresolvedCalls.class);

        assertThat(copy.reopened((ReopenCall) reopen(), Quota.of(90)))
                .isEqualTo(reopened(Resolution.CHARGED, 10, 100, slice("g1", 10)));
    }

    private static void refused(ResultValidator<Account> result, Refusal refusal) {
        result.expectNoEvents().expectException(new CustomTypeSafeMatcher<Refused>("refused as " + refusal) {
            @Override
            protected boolean matchesSafely(Refused refused) {
                return refused.refusal() == refusal;
            }
        });
    }

    private static List<Object> account(long quota, Object... then) {
        List<Object> events = new ArrayList<>();
        events.add(new AccountOpened(ANN, USER));
        events.add(granted("g1", LotClass.PAID, quota, quota));
        events.addAll(List.of(then));
        return events;
    }

    private static List<Object> unresolved(long quota, long held, Object... then) {
        List<Object> events = account(quota, held(held, quota - held), released(held, ReleaseCause.LEASE_ENDED, quota));
        events.addAll(List.of(then));
        return events;
    }

    private static Object releaseByHand() {
        return new ReleaseOpenHold(ANN, CALL, WHY, NOW);
    }

    private static Object charge(long amount) {
        return new ResolveCall(ANN, CALL, Resolution.CHARGED, Quota.of(amount), WHY, NOW);
    }

    private static Object reopen() {
        return new ReopenCall(ANN, CALL, WHY, NOW);
    }

    private static QuotaGranted granted(String lot, LotClass lotClass, long amount, long available) {
        return new QuotaGranted(
                ANN, new LotId(lot), lotClass, Quota.of(amount), Quota.ZERO, 0, null, "test", Quota.of(available), NOW);
    }

    private static QuotaDeducted deducted(long amount, long available) {
        return new QuotaDeducted(
                ANN, new LotId("a0"), Quota.of(amount), List.of(slice("g1", amount)), Quota.of(available), NOW);
    }

    private static LotSlice slice(String lot, long amount) {
        return new LotSlice(new LotId(lot), Quota.of(amount));
    }

    private static FundsHeld held(long amount, long available) {
        return new FundsHeld(
                ANN,
                CALL,
                USER,
                KEY,
                "gpt",
                "default",
                1,
                new ChannelId(2),
                Quota.of(amount),
                List.of(slice("g1", amount)),
                Quota.of(available),
                "node",
                NOW,
                NOW.plusSeconds(60));
    }

    private static UsageSettled settled(long held, long charged, long available) {
        return new UsageSettled(
                ANN,
                CALL,
                USER,
                KEY,
                "gpt",
                "default",
                1,
                Meters.NONE,
                Provenance.REPORTED,
                Quota.of(held),
                Quota.of(charged),
                List.of(slice("g1", charged)),
                Quota.ZERO,
                Quota.of(available),
                SENT,
                TIMING,
                null,
                null);
    }

    private static HoldReleased released(long amount, ReleaseCause cause, long available) {
        boolean byHand = cause == ReleaseCause.BY_HAND;
        return new HoldReleased(
                ANN,
                CALL,
                USER,
                KEY,
                "gpt",
                "default",
                Quota.of(amount),
                cause,
                byHand ? "" : "unresolved",
                0,
                byHand ? List.of() : SENT,
                Quota.of(available),
                NOW);
    }

    private static CallResolved charged(long held, long charged, long available, LotSlice... burned) {
        return resolved(Resolution.CHARGED, held, charged, available, burned);
    }

    private static CallResolved resolved(
            Resolution resolution, long held, long charged, long available, LotSlice... burned) {
        return new CallResolved(
                ANN,
                CALL,
                USER,
                KEY,
                "gpt",
                resolution,
                Quota.of(held),
                Quota.of(charged),
                List.of(burned),
                Quota.of(available),
                NOW);
    }

    private static CallReopened reopened(Resolution resolution, long returned, long available, LotSlice... slices) {
        return new CallReopened(
                ANN, CALL, USER, KEY, "gpt", resolution, Quota.of(returned), List.of(slices), Quota.of(available), NOW);
    }
}
