package io.tollbook.kernel.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.AccountEvent;
import io.tollbook.kernel.account.AccountFrozen;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.CallReopened;
import io.tollbook.kernel.account.CallResolved;
import io.tollbook.kernel.account.CallTiming;
import io.tollbook.kernel.account.FundsHeld;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotExpired;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.LotSlice;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.QuotaDeducted;
import io.tollbook.kernel.account.QuotaGranted;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.Resolution;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The figures are those of a journal that was checked by hand. */
class AccountLedgerTest {
    private static final AccountId ANN = new AccountId(17);
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Money TEN_DOLLARS = new Money(10_000_000_000L, "USD");

    private final AccountLedger ledger = new AccountLedger();

    @Test
    void aPaidGrantIsOwedAsQuotaAndDeferredAsMoney() {
        assertThat(lines(grant("a", LotClass.PAID, 5_000_000, 0, TEN_DOLLARS, 5_000_000)))
                .containsExactly(
                        "Equity:Quota:Issued:Paid 5000000 QUOTA a",
                        "Liabilities:Wallet:17:Avail:Paid -5000000 QUOTA a",
                        "Assets:Clearing:Manual 10.000000000 USD a",
                        "Liabilities:Deferred:TopUp -10.000000000 USD a");
    }

    @Test
    void aGiftHasNoMoneyLeg() {
        assertThat(lines(grant("g", LotClass.PROMO, 100_000, 0, null, 100_000)))
                .containsExactly(
                        "Equity:Quota:Issued:Promo 100000 QUOTA g",
                        "Liabilities:Wallet:17:Avail:Promo -100000 QUOTA g");
    }

    @Test
    void aChargeEarnsItsPartOfThePrice() {
        lines(grant("a", LotClass.PAID, 5_000_000, 0, TEN_DOLLARS, 5_000_000));
        assertThat(lines(held("h", 12_000, 4_988_000, slice("a", 12_000))))
                .containsExactly(
                        "Liabilities:Wallet:17:Avail:Paid 12000 QUOTA a",
                        "Liabilities:Wallet:17:Reserved:Paid -12000 QUOTA a");
        assertThat(lines(settled("h", 12_000, 9_340, 0, 4_990_660, slice("a", 9_340))))
                .containsExactlyInAnyOrder(
                        "Liabilities:Wallet:17:Reserved:Paid 12000 QUOTA a",
                        "Liabilities:Wallet:17:Avail:Paid -2660 QUOTA a",
                        "Equity:Quota:Consumed -9340 QUOTA",
                        "Liabilities:Deferred:TopUp 0.018680000 USD a",
                        "Income:Usage:TopUp -0.018680000 USD a");
    }

    @Test
    void anOverrunIsOwedAndTheNextGrantPaysItFirst() {
        lines(grant("g", LotClass.PROMO, 100_000, 0, null, 100_000));
        lines(held("h", 60_000, 40_000, slice("g", 60_000)));
        assertThat(lines(settled("h", 60_000, 103_500, 3_500, 0, slice("g", 60_000), slice("g", 40_000))))
                .containsExactlyInAnyOrder(
                        "Liabilities:Wallet:17:Reserved:Promo 60000 QUOTA g",
                        "Liabilities:Wallet:17:Avail:Promo 40000 QUOTA g",
                        "Assets:Overdraft:17 3500 QUOTA",
                        "Equity:Quota:Consumed -103500 QUOTA");
        assertThat(lines(grant("a", LotClass.PAID, 500_000, 3_500, new Money(1_000_000_000L, "USD"), 496_500)))
                .containsExactlyInAnyOrder(
                        "Equity:Quota:Issued:Paid 500000 QUOTA a",
                        "Liabilities:Wallet:17:Avail:Paid -496500 QUOTA a",
                        "Assets:Overdraft:17 -3500 QUOTA",
                        "Assets:Clearing:Manual 1.000000000 USD a",
                        "Liabilities:Deferred:TopUp -0.993000000 USD a",
                        "Income:Usage:TopUp -0.007000000 USD a");
    }

    @Test
    void whatExpiresOfASubscriptionIsBreakage() {
        lines(grant("s", LotClass.SUBSCRIPTION, 12_000_000, 0, new Money(20_000_000_000L, "USD"), 12_000_000));
        lines(held("h", 9_000_000, 3_000_000, slice("s", 9_000_000)));
        assertThat(lines(settled("h", 9_000_000, 9_000_000, 0, 3_000_000, slice("s", 9_000_000))))
                .contains("Income:Usage:Subscription -15.000000000 USD s");
        assertThat(lines(expired("s", 3_000_000, 0)))
                .containsExactlyInAnyOrder(
                        "Liabilities:Wallet:17:Avail:Sub 3000000 QUOTA s",
                        "Equity:Quota:Expired -3000000 QUOTA s",
                        "Liabilities:Deferred:Subscription 5.000000000 USD s",
                        "Income:Breakage -5.000000000 USD s");
        assertThat(ledger.lots()).isEmpty();
    }

    @Test
    void whatIsHeldSurvivesTheExpiryAndExpiresWhenItComesBack() {
        lines(grant("a", LotClass.PAID, 100, 0, new Money(1_000_000_000L, "USD"), 100));
        lines(held("h", 30, 70, slice("a", 30)));
        assertThat(lines(expired("a", 70, 0))).contains("Income:Breakage -0.700000000 USD a");
        assertThat(lines(released("h", 30, 30))).contains("Liabilities:Wallet:17:Avail:Paid -30 QUOTA a");
        assertThat(lines(expired("a", 30, 0))).contains("Income:Breakage -0.300000000 USD a");
    }

    @Test
    void anAdministratorTakesAnAdjustment() {
        lines(grant("c", LotClass.COMPENSATION, 50_000, 0, null, 50_000));
        assertThat(lines(new QuotaDeducted(
                        ANN, new LotId("t"), Quota.of(20_000), List.of(slice("c", 20_000)), Quota.of(30_000), NOW)))
                .containsExactlyInAnyOrder(
                        "Liabilities:Wallet:17:Avail:Comp 20000 QUOTA c", "Equity:Quota:Adjustments -20000 QUOTA");
    }

    @Test
    void aDecisionThatIsTakenBackIsMirroredToTheNano() {
        lines(grant("a", LotClass.PAID, 3, 0, new Money(100, "USD"), 3));
        assertThat(lines(new CallResolved(
                        ANN,
                        new HoldId("h"),
                        new UserId(17),
                        new TokenId(3),
                        "gpt",
                        Resolution.CHARGED,
                        Quota.of(3),
                        Quota.of(3),
                        List.of(slice("a", 3)),
                        Quota.ZERO,
                        NOW)))
                .containsExactlyInAnyOrder(
                        "Liabilities:Wallet:17:Avail:Paid 3 QUOTA a",
                        "Equity:Quota:Consumed -3 QUOTA",
                        "Liabilities:Deferred:TopUp 0.000000100 USD a",
                        "Income:Usage:TopUp -0.000000100 USD a");
        assertThat(lines(new CallReopened(
                        ANN,
                        new HoldId("h"),
                        new UserId(17),
                        new TokenId(3),
                        "gpt",
                        Resolution.CHARGED,
                        Quota.of(2),
                        List.of(slice("a", 2)),
                        Quota.of(2),
                        NOW)))
                .containsExactlyInAnyOrder(
                        "Liabilities:Wallet:17:Avail:Paid -2 QUOTA a",
                        "Equity:Quota:Consumed 2 QUOTA",
                        "Liabilities:Deferred:TopUp -0.000000067 USD a",
                        "Income:Usage:TopUp 0.000000067 USD a");
        assertThat(lines(expired("a", 2, 0))).contains("Income:Breakage -0.000000067 USD a");
    }

    @Test
    void whatMovesNothingHasNoPostings() {
        assertThat(lines(new AccountFrozen(ANN))).isEmpty();
        lines(grant("g", LotClass.PROMO, 10, 0, null, 10));
        lines(held("h", 0, 10));
        assertThat(lines(settled("h", 0, 0, 0, 10))).isEmpty();
    }

    @Test
    void anEventThatContradictsThoseBeforeItIsNamedOnce() {
        assertThat(ledger.apply(grant("g", LotClass.PROMO, 100, 0, null, 101)).faults())
                .containsExactly("it says 101 are available, the lots have 100");
        assertThat(ledger.apply(held("h", 40, 61, slice("g", 40))).faults()).isEmpty();
        assertThat(ledger.apply(settled("h", 41, 30, 0, 71, slice("g", 30))).faults())
                .containsExactly("it ends a hold of 41, which held 40");
        assertThat(ledger.apply(released("h", 40, 71)).faults()).containsExactly("hold h ends without being open");
        assertThat(ledger.apply(held("i", 10, 61, slice("x", 10))).faults())
                .containsExactly("there is no lot x", "lot x is overdrawn");
    }

    @Test
    void aChargeThatItsLotsDoNotPayIsOutOfBalance() {
        lines(grant("g", LotClass.PROMO, 100, 0, null, 100));
        lines(held("h", 50, 50, slice("g", 50)));
        assertThat(ledger.apply(settled("h", 50, 31, 0, 70, slice("g", 30))).faults())
                .containsExactly("its postings in QUOTA are out of balance by -1");
    }

    /** Whatever way quota leaves a lot, and however often some of it is held and given back. */
    @Test
    void threeThousandLotsGiveUpExactlyTheirPrice() {
        long seed = System.nanoTime();
        RandomGenerator random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            AccountLedger one = new AccountLedger();
            long granted = 1 + random.nextLong(random.nextBoolean() ? 100 : 500_000_000_000_000L);
            long price = 1 + random.nextLong(random.nextBoolean() ? 1_000 : 9_000_000_000_000_000_000L);
            one.apply(grant("l", LotClass.PAID, granted, 0, new Money(price, "VND"), granted));
            long left = granted;
            long deferred = price;
            for (int call = 0; call < 8 && left > 0; call++) {
                long amount = 1 + random.nextLong(left);
                one.apply(held("h" + call, amount, left - amount, slice("l", amount)));
                long charged = random.nextLong(amount + 1);
                Entry end = random.nextInt(3) == 0
                        ? one.apply(released("h" + call, amount, left))
                        : one.apply(settled("h" + call, amount, charged, 0, left - charged, slice("l", charged)));
                for (Posting posting : end.postings()) {
                    if (posting.account() != ChartAccount.DEFERRED_TOP_UP) continue;
                    assertThat(posting.amount()).as("seed %d", seed).isPositive();
                    deferred -= posting.amount();
                }
                left = one.lots().isEmpty() ? 0 : one.lots().iterator().next().available();
                assertThat(deferred).as("seed %d", seed).isNotNegative();
            }
            if (left > 0)
                for (Posting posting : one.apply(expired("l", left, 0)).postings())
                    if (posting.account() == ChartAccount.DEFERRED_TOP_UP) deferred -= posting.amount();
            assertThat(deferred).as("seed %d", seed).isZero();
        }
    }

    private List<String> lines(AccountEvent event) {
        Entry entry = ledger.apply(event);
        assertThat(entry.faults()).isEmpty();
        return entry.postings().stream()
                .map(posting -> posting.account().of(ANN) + " "
                        + posting.decimal().toPlainString() + " " + posting.commodity()
                        + (posting.lot() == null ? "" : " " + posting.lot()))
                .toList();
    }

    private static LotSlice slice(String lot, long amount) {
        return new LotSlice(new LotId(lot), Quota.of(amount));
    }

    private static QuotaGranted grant(
            String lot, LotClass lotClass, long amount, long repaid, @Nullable Money price, long available) {
        return new QuotaGranted(
                ANN,
                new LotId(lot),
                lotClass,
                Quota.of(amount),
                Quota.of(repaid),
                0,
                null,
                "test",
                Quota.of(available),
                NOW,
                price);
    }

    private static FundsHeld held(String hold, long amount, long available, LotSlice... slices) {
        return new FundsHeld(
                ANN,
                new HoldId(hold),
                new UserId(17),
                new TokenId(3),
                "gpt",
                "default",
                1,
                new ChannelId(2),
                Quota.of(amount),
                Arrays.asList(slices),
                Quota.of(available),
                "node",
                NOW,
                NOW.plusSeconds(60));
    }

    private static UsageSettled settled(
            String hold, long held, long charged, long overdraft, long available, LotSlice... burned) {
        return new UsageSettled(
                ANN,
                new HoldId(hold),
                new UserId(17),
                new TokenId(3),
                "gpt",
                "default",
                1,
                Meters.NONE,
                Provenance.REPORTED,
                Quota.of(held),
                Quota.of(charged),
                Arrays.asList(burned),
                Quota.of(overdraft),
                Quota.of(available),
                List.of(),
                new CallTiming(NOW, 1, 2, false),
                null,
                null);
    }

    private static HoldReleased released(String hold, long amount, long available) {
        return new HoldReleased(
                ANN,
                new HoldId(hold),
                new UserId(17),
                new TokenId(3),
                "gpt",
                "default",
                Quota.of(amount),
                ReleaseCause.NOT_SENT,
                "",
                0,
                List.of(),
                Quota.of(available),
                NOW);
    }

    private static LotExpired expired(String lot, long amount, long available) {
        return new LotExpired(ANN, new LotId(lot), Quota.of(amount), Quota.of(available), NOW);
    }
}
