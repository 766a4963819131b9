package io.tollbook.bench.books;

import io.tollbook.bench.Waiting;
import io.tollbook.bench.gateway.Gateway;
import io.tollbook.bench.gateway.ManagementApi;
import io.tollbook.bench.gateway.Postgres;
import io.tollbook.bench.gateway.ReadModelStates;
import io.tollbook.bench.gateway.Site;
import io.tollbook.bench.gateway.Tenant;
import io.tollbook.bench.load.Call;
import io.tollbook.bench.upstream.Receipt;
import io.tollbook.bench.upstream.Receipts;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares four accounts of the same calls, each kept by somebody else: the client's, the provider's receipts, the
 * gateway's stored events, and what its management API shows as log, balance, key and statistics.
 */
public final class Audit {
    private static final int TOLD_MAX = 50;

    private final Gateway gateway;
    private final Site site;
    private final Prices prices;
    private final Receipts receipts;

    public Audit(Gateway gateway, Site site, Prices prices, Receipts receipts) {
        this.gateway = gateway;
        this.site = site;
        this.prices = prices;
        this.receipts = receipts;
    }

    /**
     * What was found.
     *
     * @param counts what was compared
     * @param mismatches one sentence each; empty where the books are true
     */
    public record Findings(Map<String, Long> counts, List<String> mismatches) {
        public boolean isClean() {
            return mismatches.isEmpty();
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(counts.toString());
            mismatches.stream()
                    .limit(TOLD_MAX)
                    .forEach(line -> text.append("\n  MISMATCH ").append(line));
            if (mismatches.size() > TOLD_MAX)
                text.append("\n  and ").append(mismatches.size() - TOLD_MAX).append(" more");
            return text.toString();
        }
    }

    /** Waits until every call's hold is resolved and every read model level. */
    public void awaitQuiet(Duration most) throws Exception {
        boolean quiet = Waiting.until(most, Duration.ofMillis(200), () -> {
            try {
                return EventBook.openHolds(jdbcUrl()) == 0;
            } catch (SQLException | java.io.IOException _) {
                return false; // The database is on its way back.
            }
        });
        if (!quiet) throw new IllegalStateException(EventBook.openHolds(jdbcUrl()) + " holds stay open");
        ReadModelStates.awaitLevel(site, most);
    }

    private String jdbcUrl() throws java.io.IOException {
        return Postgres.of(gateway.data()).jdbcUrl();
    }

    /** @param calls what clients saw; those of one site since it was set up */
    public Findings compare(Collection<Call> calls) throws Exception {
        List<String> faults = new ArrayList<>();
        Map<String, Long> counts = new LinkedHashMap<>();
        EventBook events = EventBook.read(jdbcUrl());
        List<LogBook.Row> log = LogBook.read(site);
        faults.addAll(events.faults);
        if (!events.openHolds.isEmpty()) faults.add(events.openHolds.size() + " holds stay open");
        Map<String, LogBook.Row> byRequest = compareLog(log, events, faults);
        compareCalls(calls, byRequest, faults);
        compareSums(log, events, faults);
        counts.put("calls", (long) calls.size());
        counts.put("served", calls.stream().filter(Call::isServed).count());
        counts.put("receipts", (long) receipts.size());
        counts.put(
                "completed", receipts.all().stream().filter(Receipt::isComplete).count());
        counts.put("settled", (long) events.settlements.size());
        counts.put("released", events.released);
        counts.put("unresolved", events.leaseEnded);
        counts.put(
                "drained",
                log.stream().filter(row -> row.provenance().equals("DRAINED")).count());
        counts.put("charged", log.stream().mapToLong(LogBook.Row::quota).sum());
        return new Findings(counts, faults);
    }

    /** Log against events, one to one, and against receipts, to the unit. */
    private Map<String, LogBook.Row> compareLog(List<LogBook.Row> log, EventBook events, List<String> faults) {
        Map<String, LogBook.Row> byRequest = new HashMap<>();
        Set<String> answers = new HashSet<>();
        for (LogBook.Row row : log) {
            if (byRequest.put(row.request(), row) != null) faults.add("the log has " + row.request() + " twice");
            EventBook.Settlement settlement = events.settlements.get(row.request());
            if (settlement == null) faults.add("the log has " + row.request() + ", the events do not");
            else if (settlement.charged() != row.quota()
                    || settlement.token() != row.token()
                    || settlement.account() != row.user())
                faults.add(row.request() + ": the log says " + row + ", the event " + settlement);
            if (!row.upstreamRequest().isEmpty() && !answers.add(row.upstreamRequest()))
                faults.add("the answer " + row.upstreamRequest() + " was charged twice");
            compareReceipt(row, faults);
        }
        for (String hold : events.settlements.keySet())
            if (!byRequest.containsKey(hold)) faults.add("the events settle " + hold + ", the log does not have it");
        return byRequest;
    }

    private void compareReceipt(LogBook.Row row, List<String> faults) {
        @Nullable Receipt receipt = receipts.byId(row.upstreamRequest());
        if (receipt == null) {
            faults.add(row.request() + " was charged " + row.quota() + " for the answer '" + row.upstreamRequest()
                    + "', of which the provider knows nothing");
            return;
        }
        // Where nobody told the usage the charge is an estimate and cannot equal the receipt.
        if (row.provenance().equals("ESTIMATED")) {
            if (!row.model().contains("nousage") && !row.model().contains("cut"))
                faults.add(row.request() + " was estimated although the provider told its usage: " + receipt);
            return;
        }
        if (!receipt.isComplete())
            faults.add(row.request() + " was charged " + row.quota() + " for an answer that never ended: " + receipt);
        long due = prices.charge(receipt.model(), receipt.usage());
        if (row.quota() != due)
            faults.add(row.request() + " was charged " + row.quota() + " instead of " + due + " for " + receipt);
        if (row.prompt() != receipt.usage().prompt()
                || row.completion() != receipt.usage().completion()
                || row.cached() != receipt.usage().cached())
            faults.add(row.request() + ": the log counts " + row + ", the receipt " + receipt);
    }

    /** What clients got against what was charged. */
    private static void compareCalls(Collection<Call> calls, Map<String, LogBook.Row> byRequest, List<String> faults) {
        for (Call call : calls) {
            if (call.requestId() == null) {
                if (call.isServed()) faults.add("a served call carries no request id: " + call);
                continue;
            }
            LogBook.Row row = byRequest.get(call.requestId());
            if (call.isServed() && row == null) faults.add("a served call was never charged: " + call);
            else if (call.isServed() && !row.upstreamRequest().equals(call.id()))
                faults.add(call + " got another answer than was charged: " + row);
            else if (call.status() >= 400 && row != null) faults.add("a failed call was charged: " + call + ", " + row);
        }
    }

    /** Balance = book = log = statistics = key, per account. */
    private void compareSums(List<LogBook.Row> log, EventBook events, List<String> faults) throws Exception {
        Map<Long, long[]> byUser = new HashMap<>();
        for (LogBook.Row row : log) {
            long[] sums = byUser.computeIfAbsent(row.user(), _ -> new long[2]);
            sums[0] += row.quota();
            sums[1]++;
        }
        ManagementApi root = site.api();
        long until = System.currentTimeMillis() / 1000 + 3_600;
        String range = "start_timestamp=" + (site.startedAt() - 3_600) + "&end_timestamp=" + until;
        for (Tenant tenant : site.tenants()) {
            long[] sums = byUser.getOrDefault(tenant.user(), new long[2]);
            String who = tenant.username();
            JsonNode user = root.get("/api/user/" + tenant.user());
            equal(faults, who + ": balance", user.path("quota").asLong(), tenant.granted() - sums[0]);
            equal(faults, who + ": used", user.path("used_quota").asLong(), sums[0]);
            equal(faults, who + ": calls", user.path("request_count").asLong(), sums[1]);
            JsonNode token = site.api(tenant).get("/api/token/" + tenant.token());
            equal(faults, who + ": used by the key", token.path("used_quota").asLong(), sums[0]);
            compareBook(events.accounts.get(tenant.user()), tenant, sums, faults);
            long[] hours = new long[2];
            for (JsonNode hour : root.get("/api/data/?" + range + "&username=" + who)) {
                hours[0] += hour.path("quota").asLong();
                hours[1] += hour.path("count").asLong();
            }
            equal(faults, who + ": statistics' quota", hours[0], sums[0]);
            equal(faults, who + ": statistics' calls", hours[1], sums[1]);
        }
        long all = log.stream().mapToLong(LogBook.Row::quota).sum();
        long hours = 0;
        for (JsonNode hour : root.get("/api/data/?" + range))
            hours += hour.path("quota").asLong();
        equal(faults, "all: statistics' quota", hours, all);
    }

    private static void compareBook(EventBook.@Nullable Account book, Tenant tenant, long[] sums, List<String> faults) {
        if (book == null) {
            faults.add(tenant.username() + " has no book");
            return;
        }
        String who = tenant.username() + ": the book's ";
        equal(faults, who + "grants", book.granted - book.deducted, tenant.granted());
        equal(faults, who + "charges", book.charged, sums[0]);
        equal(faults, who + "calls", book.calls, sums[1]);
        equal(faults, who + "balance", book.available, tenant.granted() - sums[0]);
        equal(faults, who + "holds", book.held, 0);
        equal(faults, who + "overdraft", book.overdraft, 0);
    }

    private static void equal(List<String> faults, String what, long found, long expected) {
        if (found != expected) faults.add(what + " is " + found + " instead of " + expected);
    }
}
