package io.tollbook.query.ledger;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** For hledger and ledger: every single leg states what its account stands at after it. */
final class PlainJournal extends Journal {
    private final Set<String> commodities = new HashSet<>();
    private final Set<String> declared = new HashSet<>();
    private final StringBuilder pending = new StringBuilder();

    PlainJournal(OutputStream out) throws IOException {
        super(out);
        for (String payee : PAYEES) line("payee " + payee);
        line("");
    }

    @Override
    void declare(LocalDate day, String account) {
        // A directive cannot stand between a transaction and its legs.
    }

    @Override
    void transaction(LocalDate day, String payee, String words, String place) throws IOException {
        flush();
        pending.append(day).append(" * ").append(payee);
        if (!words.isEmpty()) pending.append(" | ").append(words);
        pending.append("  ; ").append(place).append('\n');
    }

    @Override
    void leg(String account, String commodity, BigDecimal amount, BigDecimal balance, @Nullable String lot)
            throws IOException {
        if (commodities.add(commodity)) {
            line("commodity " + commodity);
            // hledger wants a point here, and ledger a digit behind it.
            line("  format 1000." + "0".repeat(Math.max(1, amount.scale())) + " " + commodity);
        }
        if (declared.add(account)) line("account " + account);
        pending.append("    ").append(account).append("  ").append(amount.toPlainString());
        pending.append(' ').append(commodity).append(" = ").append(balance.toPlainString());
        pending.append(' ').append(commodity);
        if (lot != null) pending.append("  ; lot ").append(plain(lot).replace(':', ' '));
        pending.append('\n');
    }

    private void flush() throws IOException {
        if (pending.isEmpty()) return;
        line(pending.toString());
        pending.setLength(0);
    }

    @Override
    void dayEnds(LocalDate day) throws IOException {
        flush();
    }
}
