package io.tollbook.query.ledger;

import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.ledger.AccountLedger;
import io.tollbook.kernel.ledger.Entry;
import io.tollbook.query.ledger.StoredAccountEvents.Stored;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the entries of events of many accounts in the order in which they happened. The accounts last met stay in memory;
 * any other is led through its own earlier events again, so memory has a bound whatever the number of accounts.
 */
final class AccountLedgers {
    /** 20,000 accounts of about 500 bytes = 10 MB. */
    static final int KEPT_MAX = 20_000;

    private final StoredAccountEvents events;
    private final Map<AccountId, AccountLedger> kept;

    AccountLedgers(StoredAccountEvents events, int keptMax) {
        this.events = events;
        kept = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<AccountId, AccountLedger> eldest) {
                return size() > keptMax;
            }
        };
    }

    Entry entry(Stored stored) throws IOException {
        AccountId account = stored.event().account();
        AccountLedger ledger = kept.get(account);
        if (ledger == null) {
            ledger = new AccountLedger();
            AccountLedger fresh = ledger;
            if (stored.sequence() > 0)
                events.before(account, stored.sequence(), earlier -> fresh.apply(earlier.event()));
            kept.put(account, ledger);
        }
        return ledger.apply(stored.event());
    }
}
