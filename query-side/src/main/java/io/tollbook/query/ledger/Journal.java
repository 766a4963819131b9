package io.tollbook.query.ledger;

import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.CallReopened;
import io.tollbook.kernel.account.CallResolved;
import io.tollbook.kernel.account.FundsHeld;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.LotExpired;
import io.tollbook.kernel.account.QuotaDeducted;
import io.tollbook.kernel.account.QuotaGranted;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.kernel.ledger.Entry;
import io.tollbook.kernel.ledger.LedgerPosition;
import io.tollbook.kernel.ledger.Posting;
import io.tollbook.query.ledger.StoredAccountEvents.Stored;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A whole set of books as text that a program of somebody else adds up again. Days are those of UTC. */
abstract class Journal {
    static final List<String> PAYEES =
            List.of("Opening", "Grant", "Adjustment", "Hold", "Charge", "Release", "Expiry", "Resolution", "Reopening");

    private final Writer writer;
    /** What each account met stands at, by commodity. */
    private final Map<String, Map<String, BigDecimal>> running = new HashMap<>();

    private LocalDate day = LocalDate.EPOCH;

    Journal(OutputStream out) {
        writer = new java.io.BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    }

    /** An account that was not named before. */
    abstract void declare(LocalDate date, String account) throws IOException;

    abstract void transaction(LocalDate date, String payee, String words, String place) throws IOException;

    /** @param balance of the account after this leg */
    abstract void leg(String account, String commodity, BigDecimal amount, BigDecimal balance, @Nullable String lot)
            throws IOException;

    /** A day is over. */
    abstract void dayEnds(LocalDate date) throws IOException;

    /** Balances carried over follow, as one entry. */
    void opening(LedgerPosition before) throws IOException {
        Instant recordedAt = before.recordedAt();
        if (recordedAt != null) day = recordedAt.atZone(ZoneOffset.UTC).toLocalDate();
        transaction(day, "Opening", "balances brought forward", "up to event " + before.position());
    }

    void opens(String account, String commodity, BigDecimal balance) throws IOException {
        move(account, commodity, balance, null);
    }

    void take(Stored stored, Entry entry) throws IOException {
        if (entry.postings().isEmpty()) return;
        LocalDate date = stored.recordedAt().atZone(ZoneOffset.UTC).toLocalDate();
        // Where several nodes write, the clocks of two may differ around midnight; a journal's days never go back.
        if (date.isAfter(day)) {
            if (!running.isEmpty()) dayEnds(day);
            day = date;
        }
        AccountId holder = stored.event().account();
        for (Posting posting : entry.postings()) {
            String account = posting.account().of(holder);
            if (!running.containsKey(account)) {
                declare(day, account);
                running.put(account, new TreeMap<>());
            }
        }
        transaction(day, payee(stored), words(stored), "event " + stored.position());
        for (Posting posting : entry.postings())
            move(
                    posting.account().of(holder),
                    posting.commodity(),
                    posting.decimal(),
                    posting.lot() == null ? null : posting.lot().value());
    }

    private void move(String account, String commodity, BigDecimal amount, @Nullable String lot) throws IOException {
        BigDecimal balance =
                running.computeIfAbsent(account, key -> new TreeMap<>()).merge(commodity, amount, BigDecimal::add);
        leg(account, commodity, amount, balance, lot);
    }

    void end() throws IOException {
        if (!running.isEmpty()) dayEnds(day);
        writer.flush();
    }

    BigDecimal balance(String account, String commodity) {
        return running.getOrDefault(account, Map.of()).getOrDefault(commodity, BigDecimal.ZERO);
    }

    void line(String text) throws IOException {
        writer.write(text);
        writer.write('\n');
    }

    private static String payee(Stored stored) {
        return switch (stored.event()) {
            case QuotaGranted _ -> "Grant";
            case QuotaDeducted _ -> "Adjustment";
            case FundsHeld _ -> "Hold";
            case UsageSettled _ -> "Charge";
            case HoldReleased _ -> "Release";
            case LotExpired _ -> "Expiry";
            case CallResolved _ -> "Resolution";
            case CallReopened _ -> "Reopening";
            default -> throw new IllegalStateException(stored.name() + " has no postings");
        };
    }

    private static String words(Stored stored) {
        String request = LedgerExports.request(stored);
        if (request != null) return plain(request);
        return stored.event() instanceof QuotaGranted granted ? plain(granted.cause()) : "";
    }

    /** One line, without a sign that means something in a journal. */
    static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\"\\\\;|]", " ").strip();
    }
}
