package io.tollbook.bench.books;

import io.tollbook.bench.Waiting;
import io.tollbook.bench.gateway.ManagementApi;
import io.tollbook.bench.gateway.Postgres;
import io.tollbook.bench.gateway.ReadModelStates;
import io.tollbook.bench.gateway.Site;
import io.tollbook.bench.gateway.Tenant;
import io.tollbook.bench.load.Call;
import io.tollbook.bench.upstream.Receipt;
import io.tollbook.bench.upstream.Receipts;
import java.nio.file.Path;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares four accounts of the same calls, each kept by somebody else: the client's, the provider's receipts, the
 * gateway's stored events, and what its management API shows as log, balance, key and statistics.
 */
public final class Audit {
    private static final int TOLD_MAX = 50;

    private final Path data;
    private final Site site;
    private final Prices prices;
    private final Receipts receipts;

    /** @param data the gateway's own folder */
    public Audit(Path data, Site site, Prices prices, Receipts receipts) {
        this.data = data;
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

        /** The same, and what else was seen to be wrong. */
        Findings and(List<String> more) {
            List<String> all = new ArrayList<>(more);
            all.addAll(mismatches);
            return new Findings(counts, all);
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
                return EventBook.openHolds(jdbcUrl()) <= 0; // More ends than holds is for the comparison to tell.
            } catch (SQLException | java.io.IOException _) {
                return false; // The database is on its way back.
            }
        });
        if (!quiet) throw new IllegalStateException(EventBook.openHolds(jdbcUrl()) + " holds stay open");
        ReadModelStates.awaitLevel(site, most);
    }

    private String jdbcUrl() throws java.io.IOException {
        return Postgres.of(data).jdbcUrl();
    }

    /** @param calls what clients saw; all of one site since it was set up */
    public Findings compare(Collection<Call> calls) throws Exception {
        List<String> faults = new ArrayList<>();
        EventBook events = EventBook.read(jdbcUrl());
        List<LogBook.Row> log = LogBook.charged(site);
        faults.addAll(events.faults);
        if (!events.openHolds.isEmpty()) faults.add(events.openHolds.size() + " holds stay open");
        Map<String, LogBook.Row> byRequest = compareLog(log, events, faults);
        compareReleases(events, faults);
        compareCalls(calls, byRequest, events, faults);
        compareProvider(calls, log, events, faults);
        compareSums(log, events, faults);
        return new Findings(counts(calls, log, events), faults);
    }

    private Map<String, Long> counts(Collection<Call> calls, List<LogBook.Row> log, EventBook events) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("calls", (long) calls.size());
        counts.put("served", calls.stream().filter(Call::isServed).count());
        counts.put("receipts", (long) receipts.size());
        counts.put(
                "completed", receipts.all().stream().filter(Receipt::isComplete).count());
        counts.put("settled", (long) events.settlements.size());
        counts.put("released", (long) events.releases.size());
        counts.put("unresolved", (long) events.unresolved().size());
        counts.put(
                "drained",
                log.stream().filter(row -> row.provenance().equals("DRAINED")).count());
        counts.put("charged", log.stream().mapToLong(LogBook.Row::quota).sum());
        return counts;
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
                    || settlement.account() != row.user()
                    || !settlement.provenance().equals(row.provenance())
                    || !settlement.upstreamRequest().equals(row.upstreamRequest()))
                faults.add(row.request() + ": the log says " + row + ", the event " + settlement);
            if (!row.upstreamRequest().isEmpty() && !answers.add(row.upstreamRequest()))
                faults.add("the answer " + row.upstreamRequest() + " was charged twice");
            compareReceipt(row, faults);
        }
        for (String hold : events.settlements.keySet())
            if (!byRequest.containsKey(hold)) faults.add("the events settle " + hold + ", the log does not have it");
        return byRequest;
    }

    /** What was given back against what the log lists as failed, and against the read models of holds. */
    private void compareReleases(EventBook events, List<String> faults) throws Exception {
        Map<String, String> failed = new HashMap<>();
        for (LogBook.Row row : LogBook.failed(site)) {
            if (failed.put(row.request(), row.content()) != null)
                faults.add("the log lists " + row.request() + " as failed twice");
            if (events.settlements.containsKey(row.request()))
                faults.add(row.request() + " was charged and is listed as failed: " + row.content());
            if (row.content().equals("unresolved") && !events.unresolved().contains(row.request()))
                faults.add("the log lists " + row.request() + " as unresolved, the events say "
                        + events.releases.get(row.request()));
        }
        for (String hold : events.unresolved())
            if (!"unresolved".equals(failed.get(hold)))
                faults.add("the unresolved " + hold + " is listed as " + failed.get(hold));
        HoldViews views = HoldViews.read(jdbcUrl());
        equal(faults, "holds: open ones listed", views.open(), 0);
        equal(faults, "holds: held by accounts", views.heldByAccounts(), 0);
        equal(faults, "holds: held by keys", views.heldByKeys(), 0);
        equal(
                faults,
                "holds: unresolved ones listed",
                views.unresolved(),
                events.undecided().size());
    }

    private void compareReceipt(LogBook.Row row, List<String> faults) {
        @Nullable Receipt receipt = receipts.byId(row.upstreamRequest());
        if (receipt == null) {
            faults.add(row.request() + " was charged " + row.quota() + " for the answer '" + row.upstreamRequest()
                    + "', of which the provider knows nothing");
            return;
        }
        // Where nobody told the usage the charge is an estimate and cannot equal the receipt.
        if (row.provenance().equals("ESTIMATED") || row.provenance().equals("QUARANTINED")) {
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

    /** What clients got against what was charged, and to whom. */
    private void compareCalls(
            Collection<Call> calls, Map<String, LogBook.Row> byRequest, EventBook events, List<String> faults) {
        for (Call call : calls) {
            if (call.requestId() == null) {
                if (call.status() != 0) faults.add("an answer carries no request id: " + call);
                continue;
            }
            LogBook.Row row = byRequest.get(call.requestId());
            if (row == null) {
                if (call.isServed()) faults.add("a served call was never charged: " + call);
                else if (call.status() == 200 && !events.releases.containsKey(call.requestId()))
                    faults.add("an answer began without a hold: " + call);
                continue;
            }
            Tenant caller = site.tenants().get(call.key());
            if (row.user() != caller.user() || row.token() != caller.token())
                faults.add("somebody else was charged for a call of " + caller.username() + ": " + call + ", " + row);
            if (call.status() >= 400) faults.add("a failed call was charged: " + call + ", " + row);
            else if (call.id() == null
                    ? call.isServed()
                    : !row.upstreamRequest().equals(call.id()))
                faults.add(call + " got another answer than was charged: " + row);
        }
    }

    /**
     * What the provider did against what the books know of. Which hold an answer belonged to that nobody settled died with
     * the process, so such answers are counted: each must have its unresolved hold.
     */
    private void compareProvider(Collection<Call> calls, List<LogBook.Row> log, EventBook events, List<String> faults) {
        atMost(faults, "holds", events.holds.size(), "calls", calls.size());
        atMost(faults, "requests at the provider", receipts.size(), "attempts in the books", events.attempts);
        Set<String> charged =
                log.stream().map(LogBook.Row::upstreamRequest).collect(Collectors.toCollection(HashSet::new));
        List<Receipt> uncharged = receipts.all().stream()
                .filter(receipt -> receipt.isComplete() && !charged.contains(receipt.id()))
                .toList();
        int unresolved = events.unresolved().size();
        if (uncharged.size() > unresolved)
            faults.add(uncharged.size() + " whole answers were not charged, but only " + unresolved
                    + " holds are unresolved; one was " + uncharged.getLast());
        Map<String, String> requests = new HashMap<>();
        for (Call call : calls)
            if (call.id() != null && call.requestId() != null) requests.put(call.id(), call.requestId());
        for (Receipt receipt : uncharged) {
            String request = requests.get(receipt.id());
            if (request != null && !events.unresolved().contains(request))
                faults.add("a whole answer was not charged though its process lived: " + receipt + ", " + request
                        + " ended as " + events.releases.get(request));
        }
    }

    /** What one user's calls add up to. */
    private static final class Sums {
        long quota;
        long calls;
        long tokens;

        void add(LogBook.Row row) {
            quota += row.quota();
            calls++;
            tokens += row.prompt() + row.completion();
        }

        void add(JsonNode hour) {
            quota += hour.path("quota").asLong();
            calls += hour.path("count").asLong();
            tokens += hour.path("token_used").asLong();
        }
    }

    /** Balance = book = log = statistics = key, per account, and channel = all. */
    private void compareSums(List<LogBook.Row> log, EventBook events, List<String> faults) throws Exception {
        Map<Long, Sums> byUser = new HashMap<>();
        Sums all = new Sums();
        for (LogBook.Row row : log) {
            byUser.computeIfAbsent(row.user(), _ -> new Sums()).add(row);
            all.add(row);
        }
        ManagementApi root = site.api();
        long until = System.currentTimeMillis() / 1000 + 3_600;
        String range = "start_timestamp=" + (site.startedAt() - 3_600) + "&end_timestamp=" + until;
        Map<Long, Sums> hours = new HashMap<>();
        for (JsonNode hour : root.get("/api/data/users?" + range))
            hours.computeIfAbsent(hour.path("user_id").asLong(), _ -> new Sums())
                    .add(hour);
        for (Tenant tenant : site.tenants()) {
            Sums sums = byUser.getOrDefault(tenant.user(), new Sums());
            String who = tenant.username();
            JsonNode user = root.get("/api/user/" + tenant.user());
            equal(
                    faults,
                    who + ": balance",
                    user.path("quota").asLong(),
                    tenant.granted() - sums.quota - deducted(events, tenant));
            equal(faults, who + ": used", user.path("used_quota").asLong(), sums.quota);
            equal(faults, who + ": calls", user.path("request_count").asLong(), sums.calls);
            compareKey(root, tenant, sums, faults);
            compareBook(events.accounts.get(tenant.user()), tenant, sums, faults);
            compareHours(who, hours.getOrDefault(tenant.user(), new Sums()), sums, faults);
        }
        Sums allHours = new Sums();
        for (JsonNode hour : root.get("/api/data/?" + range)) allHours.add(hour);
        compareHours("all", allHours, all, faults);
        String since = "/api/log/stat?type=2&start_timestamp=" + site.startedAt();
        equal(faults, "all: the log's sum", root.get(since).path("quota").asLong(), all.quota);
        long byChannels = 0;
        for (JsonNode channel : root.get("/api/channel/").path("items"))
            byChannels += channel.path("used_quota").asLong();
        equal(faults, "all: used by the channels", byChannels, all.quota);
    }

    /** What administrators took, decisions about unresolved calls among it. */
    private static long deducted(EventBook events, Tenant tenant) {
        EventBook.Account account = events.accounts.get(tenant.user());
        return account == null ? 0 : account.deducted;
    }

    private static void compareKey(ManagementApi root, Tenant tenant, Sums sums, List<String> faults) throws Exception {
        JsonNode key = root.withAccessToken(tenant.user(), tenant.accessToken()).get("/api/token/" + tenant.token());
        equal(
                faults,
                tenant.username() + ": used by the key",
                key.path("used_quota").asLong(),
                sums.quota);
        if (tenant.keyLimit() > 0)
            equal(
                    faults,
                    tenant.username() + ": left of the key",
                    key.path("remain_quota").asLong(),
                    tenant.keyLimit() - sums.quota);
    }

    private static void compareHours(String who, Sums hours, Sums sums, List<String> faults) {
        equal(faults, who + ": statistics' quota", hours.quota, sums.quota);
        equal(faults, who + ": statistics' calls", hours.calls, sums.calls);
        equal(faults, who + ": statistics' tokens", hours.tokens, sums.tokens);
    }

    private static void compareBook(EventBook.@Nullable Account book, Tenant tenant, Sums sums, List<String> faults) {
        if (book == null) {
            faults.add(tenant.username() + " has no book");
            return;
        }
        String who = tenant.username() + ": the book's ";
        equal(faults, who + "grants", book.granted - book.deducted, tenant.granted());
        equal(faults, who + "charges", book.charged, sums.quota);
        equal(faults, who + "calls", book.calls, sums.calls);
        equal(faults, who + "balance", book.available, tenant.granted() - sums.quota);
        equal(faults, who + "holds", book.held, 0);
        equal(faults, who + "overdraft", book.overdraft, 0);
    }

    private static void atMost(List<String> faults, String what, long found, String bound, long most) {
        if (found > most) faults.add(found + " " + what + ", but only " + most + " " + bound);
    }

    private static void equal(List<String> faults, String what, long found, long expected) {
        if (found != expected) faults.add(what + " is " + found + " instead of " + expected);
    }
}
