package io.tollbook.query.ledger;

import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.ledger.AccountLedger;
import io.tollbook.kernel.ledger.ChartAccount;
import io.tollbook.kernel.ledger.ChartBalance;
import io.tollbook.kernel.ledger.Entry;
import io.tollbook.kernel.ledger.LedgerFault;
import io.tollbook.kernel.ledger.LedgerPosition;
import io.tollbook.kernel.ledger.LotBook;
import io.tollbook.kernel.ledger.Posting;
import io.tollbook.kernel.ledger.TrialBalance;
import io.tollbook.query.ledger.StoredAccountEvents.Stored;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Goes over the events up to a position, one account after the other, so that only one account at a time is in memory.
 * It uses nothing that a projection wrote.
 */
final class LedgerReplay implements StoredAccountEvents.Reader {
    private final HolderReader holders;
    private final Map<ChartAccount, Map<String, BigInteger>> totals = new EnumMap<>(ChartAccount.class);
    private final Map<LotClass, Sums> lots = new EnumMap<>(LotClass.class);
    private BigInteger overdraft = BigInteger.ZERO;
    private long accounts;
    private long faults;
    private @Nullable LedgerFault first;
    private @Nullable AccountId holder;
    private AccountLedger ledger = new AccountLedger();

    /** Takes each holder when all of their events have been seen. */
    interface HolderReader {
        void take(AccountId holder, AccountLedger ledger) throws IOException;
    }

    private static final class Sums {
        long lots;
        BigInteger available = BigInteger.ZERO;
        BigInteger held = BigInteger.ZERO;
        final Map<String, BigInteger> deferred = new TreeMap<>();
    }

    LedgerReplay(HolderReader holders) {
        this.holders = holders;
    }

    @Override
    public void take(Stored stored) throws IOException {
        AccountId account = stored.event().account();
        if (!account.equals(holder)) {
            end();
            holder = account;
            ledger = new AccountLedger();
        }
        Entry entry = ledger.apply(stored.event());
        for (Posting posting : entry.postings())
            totals.computeIfAbsent(posting.account(), key -> new TreeMap<>())
                    .merge(posting.commodity(), BigInteger.valueOf(posting.amount()), BigInteger::add);
        for (String what : entry.faults()) {
            faults++;
            if (first == null || stored.position() < first.position())
                first = new LedgerFault(stored.position(), account, stored.name(), what);
        }
    }

    /** No more events come. */
    void end() throws IOException {
        if (holder == null) return;
        accounts++;
        overdraft = overdraft.add(BigInteger.valueOf(ledger.overdraft()));
        for (LotBook lot : ledger.lots()) add(lot);
        holders.take(holder, ledger);
        holder = null;
    }

    private void add(LotBook lot) {
        // Some are kept empty, so that a decision about an unresolved call can be taken back.
        if (lot.available() == 0 && lot.held() == 0) return;
        Sums sums = lots.computeIfAbsent(lot.lotClass(), key -> new Sums());
        sums.lots++;
        sums.available = sums.available.add(BigInteger.valueOf(lot.available()));
        sums.held = sums.held.add(BigInteger.valueOf(lot.held()));
        if (lot.price() != null && lot.price().nanos() != lot.released())
            sums.deferred.merge(
                    lot.price().currency(), BigInteger.valueOf(lot.price().nanos() - lot.released()), BigInteger::add);
    }

    /** The whole chart, all holders together; after {@link #end()}. */
    TrialBalance trialBalance(LedgerPosition at) {
        List<ChartBalance> balances = new ArrayList<>();
        totals.forEach((account, commodities) -> commodities.forEach((commodity, balance) -> {
            if (balance.signum() != 0) balances.add(new ChartBalance(account, commodity, balance));
        }));
        balances.sort(Comparator.comparing(ChartBalance::account).thenComparing(ChartBalance::commodity));
        List<TrialBalance.ClassSum> classes = new ArrayList<>();
        lots.forEach((lotClass, sums) ->
                classes.add(new TrialBalance.ClassSum(lotClass, sums.lots, sums.available, sums.held, sums.deferred)));
        return new TrialBalance(at.position(), at.recordedAt(), balances, classes, overdraft, accounts, faults, first);
    }
}
