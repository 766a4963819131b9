package io.tollbook.query.ledger;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.account.AccountEvent;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.ledger.AccountLedger;
import io.tollbook.kernel.ledger.ChartAccount;
import io.tollbook.kernel.ledger.Entry;
import io.tollbook.kernel.ledger.LedgerFault;
import io.tollbook.kernel.ledger.LotBook;
import io.tollbook.kernel.ledger.Posting;
import io.tollbook.query.readmodel.Changes;
import io.tollbook.query.readmodel.Json;
import io.tollbook.query.readmodel.Rows;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The postings of a batch, added up. What an account's next event means depends on its lots and holds, so the accounts of
 * the batch are read, led through their events, and written back: two rows an account and one a lot, however many events
 * there were.
 */
final class LedgerChanges implements Changes {
    private static final Logger log = LoggerFactory.getLogger(LedgerChanges.class);

    private static final String KNOWN = "select account, state from views.ledger_account where account = any(?)";
    private static final String ACCOUNTS = """
            merge into views.ledger_account a
            using (select * from unnest(?, ?, ?) as d (account, overdraft, state)) d
            on a.account = d.account
            when matched then update set overdraft = d.overdraft, state = d.state
            when not matched then insert (account, overdraft, state) values (d.account, d.overdraft, d.state)
            """;
    private static final String LOTS =
            """
            merge into views.lot l
            using (select account, lot, lot_order, lot_class, granted, price, currency, released, repaid, spent, expired,
                          taken, available, held, priority, %s as expires_at, cause, %s as granted_at
                   from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                       as d (account, lot, lot_order, lot_class, granted, price, currency, released, repaid, spent, expired,
                             taken, available, held, priority, expires, cause, granted_moment)) d
            on l.account = d.account and l.lot = d.lot
            when matched then update set
                released = d.released, repaid = d.repaid, spent = d.spent, expired = d.expired, taken = d.taken,
                available = d.available, held = d.held
            when not matched then insert (account, lot, lot_order, lot_class, granted, price, currency, released, repaid,
                    spent, expired, taken, available, held, priority, expires_at, cause, granted_at)
                values (d.account, d.lot, d.lot_order, d.lot_class, d.granted, d.price, d.currency, d.released, d.repaid,
                    d.spent, d.expired, d.taken, d.available, d.held, d.priority, d.expires_at, d.cause, d.granted_at)
            """.formatted(Rows.MOMENT.formatted("expires"), Rows.MOMENT.formatted("granted_moment"));
    private static final String TOTALS = """
            merge into views.ledger_total t
            using (select title, commodity, balance::numeric as balance
                   from unnest(?, ?, ?) as d (title, commodity, balance)) d
            on t.title = d.title and t.commodity = d.commodity
            when matched then update set balance = t.balance + d.balance
            when not matched then insert (title, commodity, balance) values (d.title, d.commodity, d.balance)
            """;
    private static final String FAULTS = """
            insert into views.ledger_fault (position, ordinal, account, event, what)
            select * from unnest(?, ?, ?, ?, ?)
            on conflict do nothing
            """;
    private static final String REACHED = """
            merge into views.ledger_reached r
            using (select true as single, position, %s as recorded_at from unnest(?, ?) as d (position, recorded)) d
            on r.single = d.single
            when matched then update set position = d.position, recorded_at = d.recorded_at
            when not matched then insert (single, position, recorded_at) values (d.single, d.position, d.recorded_at)
            """.formatted(Rows.MOMENT.formatted("recorded"));

    private final List<Numbered> events = new ArrayList<>();
    private Instant recordedAt = Instant.EPOCH;

    private record Numbered(long position, AccountEvent event) {}

    private record Total(ChartAccount account, String commodity) {}

    private record LotKey(long account, String lot) {}

    /** A fault and its place among those of its event. */
    private record Found(LedgerFault fault, int ordinal) {}

    void add(AccountEvent event, long position, Instant recorded) {
        events.add(new Numbered(position, event));
        recordedAt = recorded;
    }

    @Override
    public void write(Connection connection) throws SQLException {
        Map<Long, AccountLedger> accounts = known(connection);
        Map<LotKey, LotBook> lots = new LinkedHashMap<>();
        Map<Total, BigInteger> totals = new HashMap<>();
        List<Found> faults = new ArrayList<>();
        for (Numbered numbered : events) {
            AccountId account = numbered.event().account();
            Entry entry = accounts.computeIfAbsent(account.value(), id -> new AccountLedger())
                    .apply(numbered.event());
            for (LotBook lot : entry.touched())
                lots.put(new LotKey(account.value(), lot.id().value()), lot);
            for (Posting posting : entry.postings())
                totals.merge(
                        new Total(posting.account(), posting.commodity()),
                        BigInteger.valueOf(posting.amount()),
                        BigInteger::add);
            for (String what : entry.faults()) faults.add(found(numbered, what, faults));
        }
        writeAccounts(connection, accounts);
        writeLots(connection, lots);
        writeTotals(connection, totals);
        writeFaults(connection, faults);
        writeReached(connection);
    }

    private Map<Long, AccountLedger> known(Connection connection) throws SQLException {
        Map<Long, AccountLedger> known = new HashMap<>();
        Long[] ids = events.stream()
                .map(numbered -> numbered.event().account().value())
                .distinct()
                .toArray(Long[]::new);
        try (PreparedStatement select = connection.prepareStatement(KNOWN)) {
            select.setArray(1, connection.createArrayOf("int8", ids));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) known.put(rows.getLong(1), Json.read(rows.getString(2), AccountLedger.class));
            }
        }
        return known;
    }

    private static Found found(Numbered numbered, String what, List<Found> before) {
        EventName name = numbered.event().getClass().getAnnotation(EventName.class);
        boolean another = !before.isEmpty() && before.getLast().fault().position() == numbered.position();
        int ordinal = another ? before.getLast().ordinal() + 1 : 0;
        LedgerFault fault = new LedgerFault(
                numbered.position(),
                numbered.event().account(),
                name == null ? "" : name.value() + "." + name.version(),
                what);
        return new Found(fault, ordinal);
    }

    private static void writeAccounts(Connection connection, Map<Long, AccountLedger> accounts) throws SQLException {
        try (var rows = new Rows<>(connection, ACCOUNTS, accounts.entrySet())) {
            rows.longs(Map.Entry::getKey)
                    .longs(account -> account.getValue().overdraft())
                    .texts(account -> Json.write(account.getValue()))
                    .run();
        }
    }

    private static void writeLots(Connection connection, Map<LotKey, LotBook> lots) throws SQLException {
        if (lots.isEmpty()) return;
        try (var rows = new Rows<>(connection, LOTS, lots.entrySet())) {
            rows.longs(lot -> lot.getKey().account())
                    .texts(lot -> lot.getKey().lot())
                    .longs(lot -> lot.getValue().order())
                    .texts(lot -> lot.getValue().lotClass().name())
                    .longs(lot -> lot.getValue().granted())
                    .longsOrNull(lot -> {
                        var price = lot.getValue().price();
                        return price == null ? null : price.nanos();
                    })
                    .texts(lot -> {
                        var price = lot.getValue().price();
                        return price == null ? null : price.currency();
                    })
                    .longs(lot -> lot.getValue().released())
                    .longs(lot -> lot.getValue().repaid())
                    .longs(lot -> lot.getValue().used())
                    .longs(lot -> lot.getValue().expired())
                    .longs(lot -> lot.getValue().taken())
                    .longs(lot -> lot.getValue().available())
                    .longs(lot -> lot.getValue().held())
                    .ints(lot -> lot.getValue().priority())
                    .moments(lot -> lot.getValue().expiresAt())
                    .texts(lot -> lot.getValue().cause())
                    .moments(lot -> lot.getValue().grantedAt())
                    .run();
        }
    }

    private static void writeTotals(Connection connection, Map<Total, BigInteger> totals) throws SQLException {
        if (totals.isEmpty()) return;
        try (var rows = new Rows<>(connection, TOTALS, totals.entrySet())) {
            rows.texts(total -> total.getKey().account().title())
                    .texts(total -> total.getKey().commodity())
                    .texts(total -> total.getValue().toString())
                    .run();
        }
    }

    private static void writeFaults(Connection connection, List<Found> faults) throws SQLException {
        if (faults.isEmpty()) return;
        try (Statement statement = connection.createStatement();
                ResultSet any = statement.executeQuery("select exists (select from views.ledger_fault)")) {
            // The first one says where to look; a wrong account would fill the log with the others.
            if (any.next() && !any.getBoolean(1))
                log.error(
                        "The books do not agree with themselves: {}",
                        faults.getFirst().fault());
        }
        try (var rows = new Rows<>(connection, FAULTS, faults)) {
            rows.longs(found -> found.fault().position())
                    .ints(Found::ordinal)
                    .longs(found -> found.fault().account().value())
                    .texts(found -> found.fault().event())
                    .texts(found -> found.fault().what())
                    .run();
        }
    }

    private void writeReached(Connection connection) throws SQLException {
        try (var rows = new Rows<>(connection, REACHED, List.of(events.getLast()))) {
            rows.longs(Numbered::position).moments(last -> recordedAt).run();
        }
    }
}
