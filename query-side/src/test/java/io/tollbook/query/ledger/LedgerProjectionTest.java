package io.tollbook.query.ledger;

import static io.tollbook.query.Calls.held;
import static io.tollbook.query.Calls.released;
import static io.tollbook.query.Calls.settled;
import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publishTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AccountOpened;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotExpired;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.QuotaGranted;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.ledger.ChartAccount;
import io.tollbook.kernel.ledger.ChartBalance;
import io.tollbook.kernel.ledger.Cutoff;
import io.tollbook.kernel.ledger.LedgerPositionOf;
import io.tollbook.kernel.ledger.LotSummary;
import io.tollbook.kernel.ledger.LotsOf;
import io.tollbook.kernel.ledger.TrialBalance;
import io.tollbook.kernel.ledger.TrialBalanceAsOf;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerProjectionTest {
    private final long id = TestSystem.number();
    private final AccountId account = new AccountId(id);

    private void happened(Object... events) {
        publishTo(account.toString(), events);
    }

    private QuotaGranted grant(
            String lot, LotClass lotClass, long amount, int priority, @Nullable Instant expiresAt, long available) {
        Money price = lotClass == LotClass.PAID ? new Money(10_000_000_000L, "EUR") : null;
        return new QuotaGranted(
                account,
                new LotId(lot),
                lotClass,
                Quota.of(amount),
                Quota.ZERO,
                priority,
                expiresAt,
                "test",
                Quota.of(available),
                World.BORN,
                price);
    }

    private void aPaidCall() {
        happened(
                new AccountOpened(account, new UserId(id)),
                grant("opening", LotClass.PAID, 5_000_000, 0, null, 5_000_000),
                held(id, 3, id + "-1", 12_000, 4_988_000));
        happened(settled(id, 3, id + "-1", 12_000, 9_340, 4_990_660));
    }

    private List<LotSummary> lots(boolean emptyToo) {
        return ask(new LotsOf(account, emptyToo, Paging.first(100))).items();
    }

    @Test
    void theKeptSumsMoveByThePostingsAndEqualTheReplay() {
        TrialBalance before = ask(new TrialBalanceAsOf(Cutoff.NOW));
        long position = ask(new LedgerPositionOf(null, Cutoff.NOW)).position();
        TrialBalance beforeReplayed = ask(new TrialBalanceAsOf(Cutoff.at(position)));
        aPaidCall();
        TrialBalance after = ask(new TrialBalanceAsOf(Cutoff.NOW));
        Map<String, String> expected = new TreeMap<>(Map.of(
                "Equity:Quota:Issued:Paid QUOTA", "5000000",
                "Equity:Quota:Consumed QUOTA", "-9340",
                "Liabilities:Wallet:Avail:Paid QUOTA", "-4990660",
                "Assets:Clearing:Manual EUR", "10000000000",
                "Liabilities:Deferred:TopUp EUR", "-9981320000",
                "Income:Usage:TopUp EUR", "-18680000"));
        assertThat(change(before, after)).isEqualTo(expected);
        long now = ask(new LedgerPositionOf(null, Cutoff.NOW)).position();
        assertThat(change(beforeReplayed, ask(new TrialBalanceAsOf(Cutoff.at(now)))))
                .isEqualTo(expected);
        assertThat(change(beforeReplayed, ask(new TrialBalanceAsOf(Cutoff.at(position)))))
                .isEmpty();
    }

    private static Map<String, String> change(TrialBalance before, TrialBalance after) {
        Map<String, BigInteger> sums = new TreeMap<>();
        for (ChartBalance line : after.balances()) sums.put(name(line), line.balance());
        for (ChartBalance line : before.balances())
            sums.merge(name(line), line.balance().negate(), BigInteger::add);
        Map<String, String> changed = new TreeMap<>();
        sums.forEach((name, sum) -> {
            if (sum.signum() != 0) changed.put(name, sum.toString());
        });
        return changed;
    }

    private static String name(ChartBalance line) {
        return line.account().title() + " " + line.commodity();
    }

    @Test
    void aLotSaysWhereItsQuotaWent() {
        aPaidCall();
        happened(held(id, 3, id + "-2", 60, 4_990_600));
        LotSummary lot = lots(false).getFirst();
        assertThat(lot.price()).isEqualTo(new Money(10_000_000_000L, "EUR"));
        assertThat(lot.earned()).isEqualTo(18_680_000);
        assertThat(lot.used()).isEqualTo(Quota.of(9_340));
        assertThat(lot.held()).isEqualTo(Quota.of(60));
        assertThat(lot.left()).isEqualTo(Quota.of(4_990_600));
        assertThat(lot.granted()).isEqualTo(Quota.of(5_000_000));
    }

    @Test
    void lotsStandInTheOrderInWhichTheyBurnAndEmptyOnesBehind() {
        Instant soon = Instant.parse("2031-01-01T00:00:00Z");
        happened(
                grant("paid", LotClass.PAID, 10, 0, null, 10),
                grant("gift", LotClass.PROMO, 10, 0, null, 20),
                grant("late", LotClass.PROMO, 10, 0, soon.plusSeconds(1), 30),
                grant("soon", LotClass.PROMO, 10, 0, soon, 40),
                grant("last", LotClass.PROMO, 10, 1, soon, 50),
                grant("gone", LotClass.PROMO, 10, 0, World.BORN, 60),
                new LotExpired(account, new LotId("gone"), Quota.of(10), Quota.of(50), World.BORN));
        assertThat(lots(true))
                .extracting(lot -> lot.lot().value(), LotSummary::burns)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("soon", 1L),
                        org.assertj.core.groups.Tuple.tuple("late", 2L),
                        org.assertj.core.groups.Tuple.tuple("gift", 3L),
                        org.assertj.core.groups.Tuple.tuple("paid", 4L),
                        org.assertj.core.groups.Tuple.tuple("last", 5L),
                        org.assertj.core.groups.Tuple.tuple("gone", 0L));
        assertThat(lots(false)).hasSize(5);
        assertThat(ask(new LotsOf(account, true, new Paging(4, 2))).items())
                .extracting(lot -> lot.lot().value())
                .containsExactly("last", "gone");
    }

    @Test
    void trueBooksHaveNoFaultAndTheFirstFalseEventIsNamed() {
        aPaidCall();
        assertThat(faults()).isEmpty();
        happened(held(id, 3, id + "-2", 100, 4_990_561));
        assertThat(faults())
                .containsExactly("account.funds-held.1: it says 4990561 are available, the lots have 4990560");
        happened(released(id, 3, id + "-2", 100, ReleaseCause.NOT_SENT, "", 4_990_661));
        assertThat(faults()).hasSize(1);
        TrialBalance all = ask(new TrialBalanceAsOf(Cutoff.NOW));
        assertThat(all.isTrue()).isFalse();
        assertThat(all.firstFault()).isNotNull();
    }

    private List<String> faults() {
        return TestSystem.views()
                .fetch("select event || ': ' || what as line from views.ledger_fault where account = " + id
                        + " order by position, ordinal")
                .getValues("line", String.class);
    }

    @Test
    void aCutoffIsAPositionOrAMoment() {
        aPaidCall();
        long newest = ask(new LedgerPositionOf(null, Cutoff.NOW)).position();
        assertThat(ask(new LedgerPositionOf(null, Cutoff.at(0))).recordedAt()).isNull();
        assertThat(ask(new LedgerPositionOf(null, Cutoff.parse("2001-01-01T00:00:00+08:00")))
                        .position())
                .isZero();
        assertThat(ask(new LedgerPositionOf(null, Cutoff.parse("2101-01-01T00:00:00Z")))
                        .position())
                .isEqualTo(newest);
        assertThatThrownBy(() -> ask(new LedgerPositionOf(null, Cutoff.at(newest + 1))))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("The newest event has position " + newest);
        assertThatThrownBy(() -> Cutoff.parse("yesterday")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> Cutoff.parse("-1")).isInstanceOf(Refused.class);
    }

    @Test
    void moneyIsBookedOncePerChartAccountWhateverTheBatch() {
        aPaidCall();
        assertThat(ask(new TrialBalanceAsOf(Cutoff.NOW)).balances())
                .filteredOn(line -> line.account() == ChartAccount.CLEARING
                        && line.commodity().equals("EUR"))
                .hasSize(1);
    }
}
