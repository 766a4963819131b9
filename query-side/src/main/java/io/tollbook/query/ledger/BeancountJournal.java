package io.tollbook.query.ledger;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** For beancount: every account that moved on a day states on the next what it then stands at, to the last nano. */
final class BeancountJournal extends Journal {
    private final Map<String, Set<String>> moved = new LinkedHashMap<>();
    private final Set<String> opened = new TreeSet<>();
    private LocalDate date = LocalDate.EPOCH;

    BeancountJournal(OutputStream out) throws IOException {
        super(out);
        line("option \"title\" \"Tollbook\"");
        // Without it a balance that is off by a nano passes.
        line("option \"inferred_tolerance_multiplier\" \"0\"");
        line("");
    }

    @Override
    void declare(LocalDate day, String account) throws IOException {
        if (opened.add(account)) line(day + " open " + account);
    }

    @Override
    void transaction(LocalDate day, String payee, String words, String place) throws IOException {
        date = day;
        line(day + " * \"" + payee + "\" \"" + words + "\"");
        line("  place: \"" + place + "\"");
    }

    @Override
    void leg(String account, String commodity, BigDecimal amount, BigDecimal balance, @Nullable String lot)
            throws IOException {
        line("  " + account + "  " + amount.toPlainString() + " " + commodity);
        if (lot != null) line("    lot: \"" + plain(lot) + "\"");
        moved.computeIfAbsent(account, key -> new TreeSet<>()).add(commodity);
    }

    @Override
    void dayEnds(LocalDate day) throws IOException {
        for (Map.Entry<String, Set<String>> account : moved.entrySet()) {
            // Accounts of balances brought forward have had no other place.
            declare(date, account.getKey());
            for (String commodity : account.getValue())
                line(day.plusDays(1) + " balance " + account.getKey() + "  "
                        + balance(account.getKey(), commodity).toPlainString() + " " + commodity);
        }
        moved.clear();
        line("");
    }
}
