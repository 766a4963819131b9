package io.tollbook.bench;

import static io.tollbook.bench.Table.megabytes;
import static io.tollbook.bench.Table.millis;
import static io.tollbook.bench.Table.number;

import io.tollbook.bench.books.Prices;
import io.tollbook.bench.gateway.ProcessMeter;
import io.tollbook.bench.gateway.Provision;
import io.tollbook.bench.gateway.ReadModelStates;
import io.tollbook.bench.gateway.RebuildSpeed;
import io.tollbook.bench.gateway.RunScript;
import io.tollbook.bench.gateway.Site;
import io.tollbook.bench.load.Load;
import io.tollbook.bench.load.LoadGenerator;
import io.tollbook.bench.load.Requests;
import io.tollbook.bench.load.Result;
import io.tollbook.bench.upstream.MockUpstream;
import io.tollbook.bench.upstream.Receipts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** The whole table in one run: direct and through the gateway, on one machine, one after the other. */
final class Measure {
    private static final int CONNECTIONS = 64;
    private static final int STREAMS = 500;
    private static final int CHUNKS = 100;
    private static final int DELAY_MILLIS = 10;
    private static final int LOW_RATE = 150;
    private static final int OVERLOAD_CONNECTIONS_MAX = 8_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final double MEGABYTE = 1_048_576;

    /** A load through the gateway, with what the gateway's processes used for it. */
    private record Used(Result result, double javaSeconds, double postgresSeconds, Watch watch) {
        double seconds() {
            return javaSeconds + postgresSeconds;
        }
    }

    private final RunScript gateway;
    private final MockUpstream mock;
    private final Times times;
    private final Set<String> parts;
    private final Table table = new Table();
    private final Map<String, Object> raw = new LinkedHashMap<>();
    private Site site;
    /** Calls a second with many accounts; 0 if that was not measured. */
    private double capacity;

    private Measure(RunScript gateway, MockUpstream mock, Times times, Set<String> parts, Site site) {
        this.gateway = gateway;
        this.mock = mock;
        this.times = times;
        this.parts = parts;
        this.site = site;
    }

    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(
                args,
                "--quick --name=local --home=. --data=FOLDER --users=1000 --warm-up=40 --measured=20 --minutes=10"
                        + " --events=1000000 --only=charges,calls,latency,one,streams,translation,open,overload,start,soak,rebuild");
        Path home = Path.of(arguments.text("home", ".")).toAbsolutePath().normalize();
        Path folder = Files.createTempDirectory("tollbook-measure");
        Path data = Path.of(arguments.text("data", folder.resolve("data").toString()));
        Files.createDirectories(data);
        Times times = Times.of(arguments);
        Set<String> parts = Set.of(arguments
                .text("only", "charges,calls,latency,one,streams,translation,open,overload,start,soak")
                .split(","));
        Progress.say("data in %s, log in %s", data, folder.resolve("gateway.log"));
        try (RunScript gateway = RunScript.of(home, data, folder.resolve("gateway.log"));
                MockUpstream mock = MockUpstream.start(MockUpstream.Options.DEFAULT, Receipts.none());
                StreamProviders streams = StreamProviders.start()) {
            double loadBefore = Machine.loadAverage();
            gateway.start();
            Progress.say("the gateway answers");
            Prices prices = Prices.awkward();
            Site site = streams.offer(Provision.begin(gateway.base(), mock.base(), prices), mock.base(), prices)
                    .users("bench", times.users(), 1_000_000_000_000L)
                    .site();
            Progress.say("%d users", times.users());
            Measure measure = new Measure(gateway, mock, times, parts, site);
            Map<String, Object> machine = Machine.facts(data);
            machine.put("loadAverageBefore", loadBefore);
            measure.all();
            IO.println(measure.table.markdown(machine));
            Path file = home.resolve("bench/results/" + arguments.text("name", "local") + ".json");
            Files.createDirectories(file.getParent());
            Map<String, Object> whole = new LinkedHashMap<>();
            whole.put("command", "bench/measure " + String.join(" ", args));
            whole.put("machine", machine);
            whole.put("table", measure.table.rows());
            whole.put("raw", measure.raw);
            Files.writeString(
                    file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(whole) + "\n");
            Progress.say("written to %s", file);
        }
    }

    private void all() throws Exception {
        part("charges", this::charges);
        part("calls", this::calls);
        part("latency", this::latency);
        part("one", this::oneAccount);
        part("streams", this::streams);
        part("translation", () -> new TranslationCost(gateway, site, times).measure(table, raw));
        part("open", () -> new OpenStreams(gateway, site, table, raw).measure());
        part("overload", this::overload);
        part("start", this::start);
        part("soak", this::soak);
        part("rebuild", this::rebuild);
    }

    private interface Part {
        void measure() throws Exception;
    }

    /** A gateway that ends under load is a finding, not the end of the measurement. */
    private void part(String name, Part part) throws Exception {
        if (!parts.contains(name)) return;
        try {
            part.measure();
        } catch (Exception e) {
            if (gateway.process().isAlive()) throw e;
            table.add(name, "", "the gateway ended; see its log", "", false);
            gateway.start();
        }
    }

    private static String plainCall() {
        return Requests.chat(Prices.PLAIN, false, false, 256, "");
    }

    private static String streamCall() {
        return Requests.chat(
                Prices.PLAIN, true, true, 256, ",\"mock_chunks\":" + CHUNKS + ",\"mock_delay_ms\":" + DELAY_MILLIS);
    }

    private Requests plain() {
        return Requests.roundRobin(site.keys(), plainCall());
    }

    /** Runs a load against the mock itself, with the same generator and the same bytes but the key. */
    private Result direct(String name, Load load) throws Exception {
        Result result = LoadGenerator.run(load);
        raw.put(name + ".direct", result.toMap());
        return result;
    }

    private Used through(String name, Load load) throws Exception {
        ProcessMeter meter = ProcessMeter.of(gateway);
        try (LoadGenerator generator = LoadGenerator.start(load.patience(PATIENCE))) {
            generator.awaitMeasuring();
            ProcessMeter.Reading before = meter.read();
            Map<String, Double> threadsBefore = ProcessMeter.threads(gateway.process());
            Watch watch = Watch.begin(meter, site);
            generator.awaitMeasured();
            ProcessMeter.Reading after = meter.read();
            Map<String, Double> threads = ProcessMeter.threads(gateway.process());
            watch.close();
            Result result = generator.result();
            Used used = new Used(result, after.javaSecondsSince(before), after.postgresSecondsSince(before), watch);
            Map<String, Object> map = result.toMap();
            map.put("javaSeconds", used.javaSeconds());
            map.put("postgresSeconds", used.postgresSeconds());
            threads.replaceAll((thread, seconds) -> seconds - threadsBefore.getOrDefault(thread, 0.0));
            threads.values().removeIf(seconds -> seconds < 0.02);
            map.put("javaSecondsByThread", threads);
            map.put("bytesMost", watch.bytesMost());
            map.put("lagSecondsMost", Watch.lagSecondsMost(watch.sights()));
            raw.put(name + ".through", map);
            return used;
        }
    }

    private void charges() {
        double perSecond = ChargeSpeed.perSecond(times.measured());
        raw.put("charges", Map.of("perSecond", perSecond));
        table.add(
                "charges/s, one core, an ordinary model",
                "",
                number(perSecond, 0) + "/s",
                "≥ 500,000/s",
                perSecond >= 500_000);
    }

    private void calls() throws Exception {
        Result direct =
                direct("calls", Load.closed(mock.base(), plain(), CONNECTIONS, times.directWarmUp(), times.measured()));
        Used used =
                through("calls", Load.closed(gateway.base(), plain(), CONNECTIONS, times.warmUp(), times.measured()));
        long ended = System.nanoTime();
        double perSecond = used.result().servedPerSecond();
        capacity = perSecond;
        double share = perSecond / direct.servedPerSecond();
        double cpu = used.seconds() * 1000 / used.result().served();
        table.add(
                "calls/s, 64 connections, " + times.users() + " accounts",
                number(direct.servedPerSecond(), 0) + "/s",
                number(perSecond, 0) + "/s = " + number(share * 100, 1) + " % of direct; p50/p99 "
                        + millis(used.result().latencyMillis(50)) + "/"
                        + millis(used.result().latencyMillis(99))
                        + " ms" + failures(used.result()),
                "≥ 4,500/s and ≥ 11 % of direct",
                perSecond >= 4_500 && share >= 0.11);
        table.add(
                "CPU a call, database and read models included",
                "",
                number(cpu, 3) + " ms (java "
                        + number(used.javaSeconds() * 1000 / used.result().served(), 3)
                        + " + PostgreSQL "
                        + number(used.postgresSeconds() * 1000 / used.result().served(), 3) + ")",
                "≤ 0.32 ms",
                cpu <= 0.32);
        double lag = Watch.lagSecondsMost(used.watch().sights());
        long behind = used.watch().sights().stream()
                .mapToLong(sight -> Math.max(0, sight.head() - sight.position()))
                .max()
                .orElse(0);
        ReadModelStates.awaitLevel(site, Duration.ofMinutes(5));
        double caughtUp = (System.nanoTime() - ended) / 1e9;
        table.add(
                "read models behind the events at full load",
                "",
                number(lag, 1) + " s (" + number(behind, 0) + " events) at most; level " + number(caughtUp, 1)
                        + " s after the load ended",
                "≤ 2 s, catching up",
                lag <= 2);
    }

    private static String failures(Result result) {
        long failed = result.ended() - result.served();
        return failed == 0 ? "" : "; " + failed + " not served: " + result.statuses();
    }

    private void latency() throws Exception {
        Result direct = direct(
                "latency", Load.open(mock.base(), plain(), LOW_RATE, 200, times.directWarmUp(), times.measured()));
        Used used = through(
                "latency", Load.open(gateway.base(), plain(), LOW_RATE, 200, times.directWarmUp(), times.measured()));
        double p50 = used.result().latencyMillis(50) - direct.latencyMillis(50);
        double p99 = used.result().latencyMillis(99) - direct.latencyMillis(99);
        table.add(
                "added latency at 150/s",
                "p50 " + millis(direct.latencyMillis(50)) + ", p99 " + millis(direct.latencyMillis(99)) + " ms",
                "+ p50 " + millis(p50) + ", p99 " + millis(p99) + " ms" + failures(used.result()) + "; CPU a call "
                        + number(used.seconds() * 1000 / used.result().served(), 2) + " ms",
                "p50 ≤ 1.5, p99 ≤ 6 ms",
                p50 <= 1.5 && p99 <= 6);
    }

    private void oneAccount() throws Exception {
        Requests one = Requests.roundRobin(List.of(site.keys().getFirst()), plainCall());
        Used used =
                through("one", Load.closed(gateway.base(), one, CONNECTIONS, times.directWarmUp(), times.measured()));
        double perSecond = used.result().servedPerSecond();
        table.add(
                "one account, one key, 64 connections",
                "",
                number(perSecond, 0) + "/s = " + number(capacity == 0 ? 0 : perSecond / capacity * 100, 0)
                        + " % of many accounts" + failures(used.result()),
                "≥ 90 % of many accounts",
                perSecond >= 0.9 * capacity);
    }

    private void streams() throws Exception {
        Requests streams = Requests.roundRobin(site.keys(), streamCall());
        Result direct =
                direct("streams", Load.closed(mock.base(), streams, STREAMS, times.directWarmUp(), times.measured()));
        Used used = through(
                "streams",
                Load.closed(gateway.base(), streams, STREAMS, times.warmUp().dividedBy(2), times.measured()));
        Result result = used.result();
        double cpu = used.seconds() * 1000 / (result.pieces() / 1000.0);
        table.add(
                "500 streams × 100 chunks × 10 ms",
                number(direct.servedPerSecond(), 0) + "/s; TTFB p50/p99 " + millis(direct.firstByteMillis(50)) + "/"
                        + millis(direct.firstByteMillis(99)) + " ms",
                number(result.servedPerSecond(), 0) + "/s; " + number(cpu, 1)
                        + " ms CPU per 1,000 chunks; TTFB p50/p99 "
                        + millis(result.firstByteMillis(50)) + "/" + millis(result.firstByteMillis(99)) + " ms"
                        + failures(result)
                        + (result.piecesLeast() == CHUNKS && result.piecesMost() == CHUNKS
                                ? ""
                                : "; " + result.piecesLeast() + " to " + result.piecesMost() + " chunks arrived"),
                "≥ 330/s; ≤ 32 ms; TTFB p99 ≤ 350 ms",
                result.servedPerSecond() >= 330
                        && cpu <= 32
                        && result.firstByteMillis(99) <= 350
                        && result.piecesLeast() == CHUNKS);
        table.add(
                "memory at 500 streams, all processes",
                "",
                megabytes(used.watch().bytesMost()),
                "≤ 700 MB",
                used.watch().bytesMost() <= 700 * MEGABYTE);
    }

    private void overload() throws Exception {
        double rate = 2 * (capacity == 0 ? 4_500 : capacity);
        Used used = through(
                "overload",
                Load.open(gateway.base(), plain(), rate, OVERLOAD_CONNECTIONS_MAX, Duration.ZERO, times.overload()));
        Result result = used.result();
        double served = result.servedPerSecond();
        long wrong = result.ended() - result.served() - result.refusedWithRetryAfter();
        double normalAfter = secondsUntilNormal();
        long first = used.watch().sights().stream()
                .skip(used.watch().sights().size() / 4)
                .findFirst()
                .map(Watch.Sight::bytes)
                .orElse(0L);
        table.add(
                "overload: " + number(rate, 0) + "/s for " + times.overload().toSeconds() + " s",
                "",
                number(served, 0) + "/s served = " + number(capacity == 0 ? 0 : served / capacity * 100, 0)
                        + " % of capacity, p99 " + millis(result.latencyMillis(99)) + " ms; "
                        + number(100.0 * result.refusedWithRetryAfter() / Math.max(1, result.ended()), 0)
                        + " % refused with 503 and Retry-After, " + wrong + " ended otherwise"
                        + (wrong == 0 ? "" : " " + result.statuses()) + ", " + result.notSent() + " not sent; memory "
                        + megabytes(first) + " early, " + megabytes(used.watch().bytesMost())
                        + " at most; normal again after " + number(normalAfter, 0) + " s",
                "≥ 80 % served, the rest 503 with Retry-After, memory flat, normal within 5 s",
                served >= 0.8 * capacity
                        && wrong == 0
                        && normalAfter <= 5
                        && used.watch().bytesMost() <= 1.1 * first);
    }

    /** Seconds of low load until every call of a second is served within 50 ms, and stays so. */
    private double secondsUntilNormal() throws Exception {
        int seconds = 12;
        Result after = LoadGenerator.run(
                Load.open(gateway.base(), plain(), LOW_RATE, 500, Duration.ZERO, Duration.ofSeconds(seconds)));
        raw.put("afterOverload", after.toMap());
        int normalFrom = 0;
        for (int second = 0; second < seconds; second++)
            if (after.slowestInSecondMillis(second) > 50 || after.servedInSecond(second) < LOW_RATE * 0.9)
                normalFrom = second + 1;
        return normalFrom;
    }

    private void start() throws Exception {
        double seconds = secondsToFirstAnswer();
        long events = ReadModelStates.of(site).head();
        table.add(
                "start to first answer on existing data",
                "",
                number(seconds, 1) + " s with " + number(events, 0) + " events",
                "≤ 12 s",
                seconds <= 12);
    }

    private double secondsToFirstAnswer() throws Exception {
        gateway.stop();
        long began = System.nanoTime();
        gateway.launch();
        Requests one = Requests.roundRobin(List.of(site.keys().getFirst()), plainCall());
        boolean answered = Waiting.until(
                Duration.ofMinutes(5),
                Duration.ofMillis(20),
                () -> LoadGenerator.run(Load.closed(gateway.base(), one, 1, Duration.ZERO, PATIENCE)
                                        .callsMax(1))
                                .served()
                        == 1);
        if (!answered) throw new IllegalStateException("no answer after the start");
        return (System.nanoTime() - began) / 1e9;
    }

    /** A long run, for memory; then the start on what it has left behind. */
    private void soak() throws Exception {
        if (!times.soak().isZero()) {
            Used used =
                    through("soak", Load.closed(gateway.base(), plain(), CONNECTIONS, times.warmUp(), times.soak()));
            List<Watch.Sight> sights = used.watch().sights();
            long early = sights.get(sights.size() / 5).bytes();
            long late = sights.getLast().bytes();
            table.add(
                    "memory after " + times.soak().toMinutes() + " minutes of load, all processes",
                    "",
                    megabytes(late) + " (after a fifth of the time " + megabytes(early) + ", most "
                            + megabytes(used.watch().bytesMost()) + "); "
                            + number(used.result().servedPerSecond(), 0) + "/s, "
                            + number(used.seconds() * 1000 / used.result().served(), 3) + " ms CPU a call"
                            + failures(used.result()),
                    "≤ 700 MB, flat",
                    used.watch().bytesMost() <= 700 * MEGABYTE && late <= early * 1.1);
        }
        if (times.events() == 0) return;
        fill();
        double seconds = secondsToFirstAnswer();
        table.add(
                String.format(Locale.ROOT, "start to first answer with %,d events and more", times.events()),
                "",
                number(seconds, 1) + " s with "
                        + number(ReadModelStates.of(site).head(), 0) + " events",
                "≤ 12 s",
                seconds <= 12);
    }

    /** Each read model again from the first event, one after the other, while nobody calls. */
    private void rebuild() throws Exception {
        fill();
        for (RebuildSpeed speed : RebuildSpeed.ofEach(site)) {
            raw.put("rebuild." + speed.readModel(), speed.eventsPerSecond());
            table.add(
                    "rebuild of " + speed.readModel() + " beside the live one",
                    "",
                    number(speed.eventsPerSecond(), 0) + " events/s (" + number(speed.events(), 0) + " in "
                            + number(speed.seconds(), 1) + " s)",
                    "≥ 50,000/s",
                    speed.eventsPerSecond() >= 50_000);
        }
    }

    private void fill() throws Exception {
        long missing = times.events() - ReadModelStates.of(site).head();
        if (missing > 0) {
            Progress.say("filling the store with %d events", missing);
            LoadGenerator.run(Load.closed(gateway.base(), plain(), CONNECTIONS, Duration.ZERO, Duration.ofMinutes(30))
                    .callsMax(missing / 2 + 1));
        }
        ReadModelStates.awaitLevel(site, Duration.ofMinutes(10));
    }
}
