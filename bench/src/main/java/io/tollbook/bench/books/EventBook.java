package io.tollbook.bench.books;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The books as the stored events tell them, read straight from the store and added up here. */
final class EventBook {
    /** One account's sums. */
    static final class Account {
        long granted;
        long deducted;
        long charged;
        long expired;
        long overdraft;
        long held;
        long available;
        long availableLeast = Long.MAX_VALUE;
        long calls;

        /** What the sums say is there; equals available plus held in a book that balances. */
        long remaining() {
            return granted - deducted - charged - expired + overdraft;
        }
    }

    /** A settlement as stored. */
    record Settlement(long account, long token, long charged, String provenance, String upstreamRequest) {}

    final Map<Long, Account> accounts = new HashMap<>();
    final Set<String> holds = new HashSet<>();
    final Map<String, Long> openHolds = new HashMap<>();
    final Map<String, Settlement> settlements = new HashMap<>();
    /** Causes, by hold. */
    final Map<String, String> releases = new HashMap<>();

    /** What was decided about calls whose hold a lease or a crash had ended; those without are not in it. */
    final Map<String, String> decisions = new HashMap<>();

    final List<String> faults = new ArrayList<>();
    long attempts;

    static EventBook read(String jdbcUrl) throws SQLException {
        EventBook book = new EventBook();
        try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(
                    "select name, payload from events.event where name like 'account.%' order by position")) {
                statement.setFetchSize(5_000);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next())
                        book.add(rows.getString(1), JsonMapper.shared().readTree(rows.getString(2)));
                }
            }
        }
        return book;
    }

    /** Calls that hold money right now, according to the store. */
    static long openHolds(String jdbcUrl) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                PreparedStatement statement = connection.prepareStatement(
                        "select count(*) filter (where name = 'account.funds-held') - count(*) filter (where name in"
                                + " ('account.usage-settled', 'account.hold-released')) from events.event");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    void add(String name, JsonNode event) {
        long id = event.path("account").asLong();
        Account account = accounts.computeIfAbsent(id, _ -> new Account());
        String hold = event.path("hold").asString("");
        switch (name) {
            case "account.quota-granted" -> {
                account.granted += event.path("amount").asLong();
                account.overdraft -= event.path("overdraftRepaid").asLong();
            }
            case "account.quota-deducted" ->
                account.deducted += event.path("amount").asLong();
            case "account.lot-expired" ->
                account.expired += event.path("amount").asLong();
            case "account.funds-held" -> {
                long amount = event.path("amount").asLong();
                account.held += amount;
                openHolds.put(hold, amount);
                if (!holds.add(hold)) faults.add("the hold " + hold + " was made twice");
            }
            case "account.usage-settled" -> {
                resolve(account, hold, event, "held");
                account.charged += event.path("charged").asLong();
                account.overdraft += event.path("overdraft").asLong();
                account.calls++;
                settlements.put(
                        hold,
                        new Settlement(
                                id,
                                event.path("token").asLong(),
                                event.path("charged").asLong(),
                                event.path("provenance").asString(""),
                                event.path("upstreamRequest").asString("")));
            }
            case "account.hold-released" -> {
                resolve(account, hold, event, "amount");
                releases.put(hold, event.path("cause").asString(""));
            }
            case "account.call-resolved" -> {
                account.deducted += event.path("charged").asLong();
                if (!"LEASE_ENDED".equals(releases.get(hold)))
                    faults.add("the decided " + hold + " was not unresolved");
                if (event.path("charged").asLong() > event.path("held").asLong())
                    faults.add("the decided " + hold + " was charged more than it had held: " + event);
                if (decisions.put(hold, event.path("resolution").asString("")) != null)
                    faults.add("the call " + hold + " was decided twice");
            }
            case "account.call-reopened" -> {
                account.deducted -= event.path("returned").asLong();
                if (decisions.remove(hold) == null) faults.add("the call " + hold + " was reopened undecided");
            }
            default -> {}
        }
        if (!event.has("available")) return;
        account.available = event.path("available").asLong();
        account.availableLeast = Math.min(account.availableLeast, account.available);
        if (account.available < 0) faults.add("account " + id + " fell to " + account.available + " by " + name);
        if (account.remaining() != account.available + account.held)
            faults.add("account " + id + " does not balance after " + name + " of " + hold + ": the sums say "
                    + account.remaining() + ", it has " + account.available + " and holds " + account.held);
    }

    /** A second end of the same hold finds it no longer open. */
    private void resolve(Account account, String hold, JsonNode event, String field) {
        attempts += event.path("attempts").size();
        Long amount = openHolds.remove(hold);
        if (amount == null) {
            faults.add("the hold " + hold + " was resolved without being open");
            return;
        }
        account.held -= amount;
        if (event.path(field).asLong() != amount)
            faults.add("the hold " + hold + " was made with " + amount + " and resolved with " + event.path(field));
    }

    /** Holds of dead processes, given back. */
    Set<String> unresolved() {
        return releases.entrySet().stream()
                .filter(release -> release.getValue().equals("LEASE_ENDED"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Those of them about which nobody has decided. */
    Set<String> undecided() {
        Set<String> waiting = unresolved();
        waiting.removeAll(decisions.keySet());
        return waiting;
    }
}
