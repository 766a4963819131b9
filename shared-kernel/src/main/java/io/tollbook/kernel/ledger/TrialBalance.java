package io.tollbook.kernel.ledger;

import io.tollbook.kernel.account.LotClass;
import java.math.BigInteger;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every account of the chart as of one event, and what the lots had then.
 *
 * @param position of that event in the store
 * @param recordedAt of that event; null before the first
 * @param balances accounts that stand at zero are left out; in the order of the chart
 * @param lots the sums of all lots, per class
 * @param overdraft what all holders owe
 * @param accounts holders that have a book
 * @param faults events that contradict those before them
 * @param firstFault the first of them
 */
public record TrialBalance(
        long position,
        @Nullable Instant recordedAt,
        List<ChartBalance> balances,
        List<ClassSum> lots,
        BigInteger overdraft,
        long accounts,
        long faults,
        @Nullable LedgerFault firstFault) {
    private static final Set<ChartAccount> ISSUED = EnumSet.of(
            ChartAccount.ISSUED_PAID,
            ChartAccount.ISSUED_PROMO,
            ChartAccount.ISSUED_SUBSCRIPTION,
            ChartAccount.ADJUSTMENTS);
    private static final Set<ChartAccount> GONE = EnumSet.of(ChartAccount.CONSUMED, ChartAccount.EXPIRED);
    private static final Set<ChartAccount> DEFERRED =
            EnumSet.of(ChartAccount.DEFERRED_TOP_UP, ChartAccount.DEFERRED_SUBSCRIPTION);

    /**
     * What the open lots of one class have.
     *
     * @param deferred per currency: what was paid for them and is not yet earned, in nanos
     */
    public record ClassSum(
            LotClass lotClass, long lots, BigInteger available, BigInteger held, Map<String, BigInteger> deferred) {
        public ClassSum {
            deferred = Map.copyOf(deferred);
        }
    }

    /**
     * Two sums that must be the same.
     *
     * @param left found by one way
     * @param right found by another
     */
    public record Equation(String name, String commodity, BigInteger left, BigInteger right) {
        public boolean holds() {
            return left.equals(right);
        }
    }

    public TrialBalance {
        balances = List.copyOf(balances);
        lots = List.copyOf(lots);
    }

    /** Whether everything that must be zero is zero, equal is equal, and no event contradicts another. */
    public boolean isTrue() {
        return faults == 0
                && sums().values().stream().allMatch(sum -> sum.signum() == 0)
                && equations().stream().allMatch(Equation::holds);
    }

    /** The sum of all accounts per commodity; each must be zero. */
    public Map<String, BigInteger> sums() {
        Map<String, BigInteger> sums = new TreeMap<>();
        for (ChartBalance balance : balances) sums.merge(balance.commodity(), balance.balance(), BigInteger::add);
        return sums;
    }

    /**
     * The standing equations. What the lots have is read from the lots, and what was issued and consumed from the
     * postings, so each side finds the other's mistakes.
     */
    public List<Equation> equations() {
        Map<String, BigInteger> lotsDeferred = new TreeMap<>();
        Map<String, BigInteger> booksDeferred = new TreeMap<>();
        BigInteger wallets = BigInteger.ZERO;
        for (ClassSum sum : lots) {
            wallets = wallets.add(sum.available()).add(sum.held());
            sum.deferred().forEach((currency, nanos) -> lotsDeferred.merge(currency, nanos, BigInteger::add));
        }
        BigInteger issued = BigInteger.ZERO;
        for (ChartBalance balance : balances) {
            if (ISSUED.contains(balance.account()) || GONE.contains(balance.account()))
                issued = issued.add(balance.balance());
            if (DEFERRED.contains(balance.account()))
                booksDeferred.merge(balance.commodity(), balance.balance().negate(), BigInteger::add);
        }
        List<Equation> equations = new java.util.ArrayList<>();
        equations.add(new Equation(
                "Wallets − overdraft = issued + adjustments − consumed − expired",
                Posting.QUOTA,
                wallets.subtract(overdraft),
                issued));
        Set<String> currencies = new java.util.TreeSet<>(lotsDeferred.keySet());
        currencies.addAll(booksDeferred.keySet());
        for (String currency : currencies)
            equations.add(new Equation(
                    "Price paid and not yet earned, over all lots = deferred revenue",
                    currency,
                    lotsDeferred.getOrDefault(currency, BigInteger.ZERO),
                    booksDeferred.getOrDefault(currency, BigInteger.ZERO)));
        return equations;
    }
}
