package io.tollbook.bench.books;

import io.tollbook.bench.Arguments;
import io.tollbook.bench.Progress;
import io.tollbook.bench.Waiting;
import io.tollbook.bench.gateway.Gateway;
import io.tollbook.bench.gateway.Postgres;
import io.tollbook.bench.gateway.Provision;
import io.tollbook.bench.gateway.Site;
import io.tollbook.bench.load.Call;
import io.tollbook.bench.load.Load;
import io.tollbook.bench.load.LoadGenerator;
import io.tollbook.bench.load.Requests;
import io.tollbook.bench.upstream.MockUpstream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Kills the gateway, or its database, at random moments under load and compares the books after each.
 *
 * @param gateway not yet started, on an empty data folder
 * @param mock with receipts
 * @param seed decides the calls and the moments
 */
public record TruthUnderKill(
        Gateway gateway, MockUpstream mock, Victim victim, int rounds, int users, int streams, int plain, long seed) {
    private static final long QUOTA = 1_000_000_000L;
    private static final Duration QUIET_MAX = Duration.ofSeconds(90);

    /** What is killed. */
    public enum Victim {
        GATEWAY,
        POSTGRES
    }

    public TruthUnderKill(Gateway gateway, MockUpstream mock, Victim victim, int rounds, long seed) {
        this(gateway, mock, victim, rounds, 20, 100, 8, seed);
    }

    /** @return one entry per round, the last one after an orderly restart */
    public List<Audit.Findings> run() throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<Audit.Findings> all = new ArrayList<>();
        gateway.start();
        Site site = Provision.begin(gateway.base(), mock.base(), Prices.awkward())
                .users("free", users / 2, QUOTA)
                .users("limited", users - users / 2, QUOTA, QUOTA)
                .site();
        Queue<Call> calls = new ConcurrentLinkedQueue<>();
        Audit audit = new Audit(gateway.data(), site, Prices.awkward(), mock.receipts());
        long unresolved = 0;
        for (int round = 1; round <= rounds; round++) {
            long moment = random.nextInt(2_000);
            int before = calls.size();
            switch (victim) {
                case GATEWAY -> killGateway(site, calls, seed + round, moment);
                case POSTGRES -> killPostgres(site, calls, seed + round, moment);
            }
            audit.awaitQuiet(QUIET_MAX);
            Audit.Findings books = audit.compare(calls);
            List<Call> ofRound = calls.stream().skip(before).toList();
            long caught = books.counts().get("unresolved") - unresolved;
            unresolved += caught;
            Audit.Findings findings = books.and(
                    victim == Victim.GATEWAY ? endedByKill(ofRound, caught, streams) : endedWell(ofRound, caught));
            Progress.say(
                    "round %d: killed %s %d ms after its first answers; %s; %s",
                    round, victim, moment, statuses(ofRound), findings);
            all.add(findings);
        }
        gateway.stop();
        gateway.start();
        audit.awaitQuiet(QUIET_MAX);
        Audit.Findings last = audit.compare(calls);
        Progress.say("after an orderly restart: %s", last);
        all.add(last);
        return all;
    }

    private void killGateway(Site site, Queue<Call> calls, long seed, long moment) throws Exception {
        int before = calls.size();
        try (LoadGenerator streaming = load(site, CallMix.streams(site.keys(), seed), streams, calls);
                LoadGenerator asking = load(site, CallMix.plain(site.keys(), seed), plain, calls)) {
            awaitMoment(calls, before, moment);
            gateway.kill();
            streaming.stop();
            asking.stop();
        }
        gateway.start();
    }

    private void killPostgres(Site site, Queue<Call> calls, long seed, long moment) throws Exception {
        int before = calls.size();
        try (LoadGenerator streaming = load(site, CallMix.streams(site.keys(), seed), streams, calls);
                LoadGenerator asking = load(site, CallMix.plain(site.keys(), seed), plain, calls)) {
            awaitMoment(calls, before, moment);
            Postgres postgres = Postgres.of(gateway.data());
            postgres.kill();
            int soFar = calls.size();
            if (!Waiting.until(
                    Duration.ofSeconds(60),
                    Duration.ofMillis(50),
                    () -> postgres.postmaster().isPresent()))
                throw new IllegalStateException("nobody starts PostgreSQL again");
            boolean serves =
                    Waiting.until(Duration.ofSeconds(60), Duration.ofMillis(100), () -> served(calls, soFar) > streams);
            if (!serves) throw new IllegalStateException("no calls are served after PostgreSQL was killed");
        }
    }

    /** A killed process answers nothing wrong, and the round was worth its name: many calls were open. */
    static List<String> endedByKill(List<Call> calls, long unresolved, int streams) {
        List<String> faults = new ArrayList<>();
        long wrong = calls.stream()
                .filter(call ->
                        !isGood(call) && call.ending() != Call.Ending.CUT && call.ending() != Call.Ending.UNREACHABLE)
                .count();
        if (wrong > 0) faults.add(wrong + " calls ended in a way that no kill explains");
        long cut =
                calls.stream().filter(call -> call.ending() == Call.Ending.CUT).count();
        if (cut < streams / 2) faults.add("only " + cut + " calls were open when the process was killed");
        if (unresolved < streams / 4) faults.add("only " + unresolved + " holds were open when the process was killed");
        return faults;
    }

    /** Without its database the gateway refuses new calls and ends the open ones later; none is cut, lost or unresolved. */
    static List<String> endedWell(List<Call> calls, long unresolved) {
        List<String> faults = new ArrayList<>();
        long wrong = calls.stream()
                .filter(call -> !isGood(call) && !(call.status() == 503 && call.retryAfter()))
                .count();
        if (wrong > 0) faults.add(wrong + " calls were neither answered whole nor refused with 503 and Retry-After");
        if (unresolved > 0) faults.add(unresolved + " holds were given up though their process lived");
        return faults;
    }

    private static boolean isGood(Call call) {
        return call.isServed() || call.status() == 200 && call.ending() == Call.Ending.HUNG_UP;
    }

    /** A cold process serves nothing for seconds; only once calls end can a kill hit every phase of a call. */
    private void awaitMoment(Queue<Call> calls, int before, long moment) throws Exception {
        if (!Waiting.until(Duration.ofMinutes(1), Duration.ofMillis(20), () -> served(calls, before) >= streams))
            throw new IllegalStateException("no calls are served: " + statuses(List.copyOf(calls)));
        Waiting.pause(Duration.ofMillis(moment));
    }

    private static long served(Queue<Call> calls, int before) {
        return calls.stream().skip(before).filter(Call::isServed).count();
    }

    private LoadGenerator load(Site site, Requests requests, int connections, Queue<Call> calls) throws IOException {
        return LoadGenerator.start(Load.closed(site.base(), requests, connections, Duration.ZERO, Duration.ofMinutes(5))
                .seenBy(calls::add));
    }

    private static String statuses(List<Call> calls) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        for (Call call : calls) counts.merge(call.status() + " " + call.ending(), 1, Integer::sum);
        return counts.toString();
    }

    /** Exit code 0 where every round's books are true. */
    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(
                args,
                "--home=. --data=FOLDER --victim=gateway|postgres --rounds=10 --seed=1 --users=20 --streams=100"
                        + " --plain=8");
        long seed = arguments.number("seed", System.nanoTime() & 0xFFFFFF);
        Progress.say("seed %d", seed);
        boolean clean = Stage.run(
                arguments,
                (gateway, mock) -> new TruthUnderKill(
                                gateway,
                                mock,
                                Victim.valueOf(
                                        arguments.text("victim", "gateway").toUpperCase(java.util.Locale.ROOT)),
                                arguments.number("rounds", 10),
                                arguments.number("users", 20),
                                arguments.number("streams", 100),
                                arguments.number("plain", 8),
                                seed)
                        .run());
        System.exit(clean ? 0 : 1);
    }
}
