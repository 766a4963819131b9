package io.tollbook.kernel.ledger;

import io.tollbook.kernel.account.LotId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The legs of an entry while it is written. Legs of one account, commodity and lot are one leg; zero legs are left out. */
final class Legs {
    private final List<Posting> postings = new ArrayList<>(4);
    private final List<String> faults = new ArrayList<>(0);
    private final Set<LotBook> touched = new LinkedHashSet<>(2);

    void quota(ChartAccount account, long amount, @Nullable LotId lot) {
        add(account, Posting.QUOTA, amount, lot);
    }

    void add(ChartAccount account, String commodity, long amount, @Nullable LotId lot) {
        if (amount == 0) return;
        for (int i = 0; i < postings.size(); i++) {
            Posting known = postings.get(i);
            if (known.account() != account || !known.commodity().equals(commodity) || !Objects.equals(known.lot(), lot))
                continue;
            long sum = Math.addExact(known.amount(), amount);
            if (sum == 0) postings.remove(i);
            else postings.set(i, new Posting(account, commodity, sum, lot));
            return;
        }
        postings.add(new Posting(account, commodity, amount, lot));
    }

    void touch(LotBook lot) {
        touched.add(lot);
    }

    Set<LotBook> touched() {
        return touched;
    }

    void fault(String sentence) {
        faults.add(sentence);
    }

    Entry entry() {
        for (int i = 0; i < postings.size(); i++) {
            String commodity = postings.get(i).commodity();
            if (isFirstOf(commodity, i)) checkSum(commodity);
        }
        return new Entry(List.copyOf(postings), List.copyOf(faults), List.copyOf(touched));
    }

    private boolean isFirstOf(String commodity, int place) {
        for (int i = 0; i < place; i++) if (postings.get(i).commodity().equals(commodity)) return false;
        return true;
    }

    private void checkSum(String commodity) {
        long sum = 0;
        for (Posting posting : postings)
            if (posting.commodity().equals(commodity)) sum = Math.addExact(sum, posting.amount());
        if (sum != 0) fault("its postings in " + commodity + " are out of balance by " + sum);
    }
}
