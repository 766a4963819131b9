package io.tollbook.query.ledger;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.access.Exports;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.CallReopened;
import io.tollbook.kernel.account.CallResolved;
import io.tollbook.kernel.account.FundsHeld;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.kernel.api.ExportFormat;
import io.tollbook.kernel.ledger.ChartAccount;
import io.tollbook.kernel.ledger.ChartBalance;
import io.tollbook.kernel.ledger.Entry;
import io.tollbook.kernel.ledger.LedgerExport;
import io.tollbook.kernel.ledger.LedgerPosition;
import io.tollbook.kernel.ledger.LedgerPositionOf;
import io.tollbook.kernel.ledger.Posting;
import io.tollbook.kernel.ledger.TrialBalance;
import io.tollbook.kernel.user.Role;
import io.tollbook.query.export.RowWriter;
import io.tollbook.query.ledger.StoredAccountEvents.Stored;
import io.tollbook.query.readmodel.Costs;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@link LedgerExport} from the stored events alone. */
@Component
class LedgerExports implements LedgerExport {
    /** Programs that check a journal keep all of it in memory: 100,000 entries cost beancount 10 s and 300 MB. */
    static final long JOURNAL_EVENTS_MAX = 1_000_000;

    private final StoredAccountEvents events;
    private final LedgerQueries queries;
    private final Messages messages;
    private final Exports exports;

    LedgerExports(StoredAccountEvents events, LedgerQueries queries, Messages messages, Exports exports) {
        this.events = events;
        this.queries = queries;
        this.messages = messages;
        this.exports = exports;
    }

    /** Positions of an export: behind {@code after}, and none behind {@code last}. */
    record Range(@Nullable AccountId account, long after, LedgerPosition last) {}

    @Override
    public Body open(Wish wish, Actor actor) {
        LedgerPosition last = messages.ask(new LedgerPositionOf(wish.account(), wish.asOf()), actor);
        long after = wish.from() == null ? 0 : queries.lastBefore(wish.from());
        if (wish.to() != null) {
            long end = queries.lastBefore(wish.to());
            if (end < last.position()) last = queries.at(end);
        }
        Range range = new Range(wish.account(), Math.min(after, last.position()), last);
        if (wish.content() == Content.JOURNAL && events(range) > JOURNAL_EVENTS_MAX)
            throw Refused.invalid("A journal of more than " + JOURNAL_EVENTS_MAX
                    + " events is too large for the programs that read it. Narrow it by from, to or as of, or take the"
                    + " postings as jsonl.");
        exports.exported(new LedgerPositionOf(wish.account(), wish.asOf()), actor);
        return out -> {
            switch (wish.content()) {
                case POSTINGS -> postings(wish.format(), range, out);
                case BALANCES -> balances(wish.format(), range, out);
                case EVENTS -> events(wish.format(), range, actor.maySee(Role.ADMIN), out);
                case JOURNAL -> journal(wish.format(), range, out);
            }
            out.flush();
        };
    }

    /** At most so many. */
    private long events(Range range) {
        long positions = range.last().position() - range.after();
        return range.account() == null || positions <= JOURNAL_EVENTS_MAX
                ? positions
                : events.count(range.account(), range.after(), range.last().position(), JOURNAL_EVENTS_MAX + 1);
    }

    /** Who takes the events of a range, with what they mean. */
    private interface EntryReader {
        void take(Stored stored, Entry entry) throws IOException;
    }

    private void read(Range range, StoredAccountEvents.Reader reader) throws IOException {
        AccountId account = range.account();
        if (account == null) events.inOrder(range.after(), range.last().position(), reader);
        else events.of(account, range.after(), range.last().position(), reader);
    }

    private void entries(Range range, EntryReader reader) throws IOException {
        AccountLedgers ledgers = new AccountLedgers(events, AccountLedgers.KEPT_MAX);
        read(range, stored -> reader.take(stored, ledgers.entry(stored)));
    }

    private void postings(ExportFormat format, Range range, OutputStream out) throws IOException {
        RowWriter table = RowWriter.of(
                format,
                List.of(
                        "position",
                        "recorded_at",
                        "event",
                        "account",
                        "request",
                        "ledger_account",
                        "commodity",
                        "amount",
                        "lot"),
                out);
        entries(range, (stored, entry) -> {
            for (Posting posting : entry.postings())
                table.row(Arrays.asList(
                        stored.position(),
                        stored.recordedAt().toString(),
                        stored.name(),
                        stored.event().account().value(),
                        request(stored),
                        posting.account().of(stored.event().account()),
                        posting.commodity(),
                        posting.decimal(),
                        posting.lot() == null ? null : posting.lot().value()));
        });
        table.flush();
    }

    private void events(ExportFormat format, Range range, boolean withCosts, OutputStream out) throws IOException {
        RowWriter table = RowWriter.of(
                format,
                List.of("position", "sequence", "recorded_at", "event", "account", "request", "payload", "metadata"),
                out);
        read(
                range,
                stored -> table.row(Arrays.asList(
                        stored.position(),
                        stored.sequence(),
                        stored.recordedAt().toString(),
                        stored.name(),
                        stored.event().account().value(),
                        request(stored),
                        withCosts ? stored.payload() : Costs.withheld(stored.payload()),
                        stored.metadata())));
        table.flush();
    }

    private void balances(ExportFormat format, Range range, OutputStream out) throws IOException {
        RowWriter table = RowWriter.of(
                format, List.of("position", "as_of", "account", "ledger_account", "commodity", "balance"), out);
        Instant recordedAt = range.last().recordedAt();
        balances(
                range.account(),
                range.last(),
                (holder, name, commodity, balance) -> table.row(Arrays.asList(
                        range.last().position(),
                        recordedAt == null ? null : recordedAt.toString(),
                        holder == null ? null : holder.value(),
                        name,
                        commodity,
                        balance)));
        table.flush();
    }

    /** Takes what one account of the chart stands at. */
    interface BalanceReader {
        /** @param holder whose account it is; null where it is everybody's together */
        void take(@Nullable AccountId holder, String name, String commodity, BigDecimal balance) throws IOException;
    }

    /**
     * Every account of the chart that is not at zero: each holder's own, then those of the house. Found by going over all
     * events up to the position, with one holder at a time in memory.
     *
     * @param account leaves out what the events of others did; null for everybody
     */
    TrialBalance balances(@Nullable AccountId account, LedgerPosition at, BalanceReader reader) throws IOException {
        LedgerReplay replay = new LedgerReplay((holder, ledger) -> {
            for (ChartAccount own : ChartAccount.values()) {
                if (!own.isPersonal()) continue;
                long balance = ledger.balance(own);
                if (balance != 0) reader.take(holder, own.of(holder), Posting.QUOTA, BigDecimal.valueOf(balance));
            }
        });
        if (account == null) events.byAccount(at.position(), replay);
        else events.of(account, 0, at.position(), replay);
        replay.end();
        TrialBalance all = replay.trialBalance(at);
        for (ChartBalance line : all.balances())
            if (!line.account().isPersonal())
                reader.take(null, line.account().title(), line.commodity(), line.decimal());
        return all;
    }

    private void journal(ExportFormat format, Range range, OutputStream out) throws IOException {
        Journal journal = format == ExportFormat.BEANCOUNT ? new BeancountJournal(out) : new PlainJournal(out);
        if (range.after() > 0) {
            LedgerPosition before = queries.at(range.after());
            journal.opening(before);
            balances(
                    range.account(),
                    before,
                    (holder, name, commodity, balance) -> journal.opens(name, commodity, balance));
        }
        entries(range, journal::take);
        journal.end();
    }

    static @Nullable String request(Stored stored) {
        return switch (stored.event()) {
            case FundsHeld held -> held.hold().value();
            case UsageSettled settled -> settled.hold().value();
            case HoldReleased released -> released.hold().value();
            case CallResolved resolved -> resolved.hold().value();
            case CallReopened reopened -> reopened.hold().value();
            default -> null;
        };
    }
}
