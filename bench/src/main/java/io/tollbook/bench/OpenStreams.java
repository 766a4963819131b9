package io.tollbook.bench;

import static io.tollbook.bench.Table.megabytes;
import static io.tollbook.bench.Table.number;

import io.tollbook.bench.books.Prices;
import io.tollbook.bench.gateway.LiveHeap;
import io.tollbook.bench.gateway.Metric;
import io.tollbook.bench.gateway.ProcessMeter;
import io.tollbook.bench.gateway.ReadModelStates;
import io.tollbook.bench.gateway.RunScript;
import io.tollbook.bench.gateway.Site;
import io.tollbook.bench.load.Load;
import io.tollbook.bench.load.LoadGenerator;
import io.tollbook.bench.load.Requests;
import io.tollbook.bench.load.Result;
import io.tollbook.bench.load.Spoken;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** What streams take of the memory while they stand: a thousand at once, and one that does not end for long. */
final class OpenStreams {
    private static final int STREAMS = 1_000;
    /** By which a thousand calls may be open; the usual heap admits 640. */
    private static final String HEAP = "-Xmx512m -XX:MaxNewSize=160m";

    /** What is measured is how they stand, not how they come. */
    private static final double BEGUN_PER_SECOND = 100;

    private static final int TOKENS_MAX = 1_000_000;
    private static final long LONG_BYTES_MAX = 1_048_576;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final String WARMING = Requests.chat(Prices.PLAIN, false, false, 256, "");
    private static final Duration STANDING = Duration.ofSeconds(20);

    private final RunScript gateway;
    private final Site site;
    private final Table table;
    private final Map<String, Object> raw;

    OpenStreams(RunScript gateway, Site site, Table table, Map<String, Object> raw) {
        this.gateway = gateway;
        this.site = site;
        this.table = table;
        this.raw = raw;
    }

    void measure() throws Exception {
        gateway.restart(Map.of("TOLLBOOK_JAVA_OPTIONS", HEAP));
        try {
            // A process that has just begun knows no key and no price.
            LoadGenerator.run(
                    Load.closed(gateway.base(), Requests.roundRobin(site.keys(), WARMING), 16, Duration.ZERO, WARM_UP));
            thousand("passed on", requests(Spoken.OPENAI, StreamProviders.SLOW));
            Requests claude = requests(Spoken.CLAUDE, StreamProviders.SLOW);
            Requests gemini = requests(Spoken.GEMINI, StreamProviders.SLOW);
            thousand("translated", ordinal -> (ordinal % 2 == 0 ? claude : gemini).next(ordinal));
            longOne("passed on", requests(Spoken.OPENAI, StreamProviders.LONG));
            longOne("Claude from OpenAI", requests(Spoken.CLAUDE, StreamProviders.LONG));
            longOne("Gemini from OpenAI", requests(Spoken.GEMINI, StreamProviders.LONG));
            longOne("OpenAI from Claude", requests(Spoken.OPENAI, StreamProviders.LONG_CLAUDE));
        } finally {
            gateway.restart(Map.of());
        }
    }

    private Requests requests(Spoken client, String model) {
        return Requests.streams(site.keys(), client, model, TOKENS_MAX);
    }

    private void thousand(String kind, Requests requests) throws Exception {
        ProcessMeter meter = ProcessMeter.of(gateway);
        Load load = Load.open(gateway.base(), requests, BEGUN_PER_SECOND, STREAMS, Duration.ZERO, PATIENCE)
                .callsMax(STREAMS)
                .patience(PATIENCE);
        try (LoadGenerator generator = LoadGenerator.start(load)) {
            boolean stand = Waiting.until(
                    Duration.ofSeconds(StreamProviders.SLOW_SECONDS / 2),
                    Duration.ofMillis(200),
                    () -> Metric.of(site, "tollbook_open_streams") == STREAMS);
            long heapEarly = LiveHeap.bytes(gateway.process());
            long early = meter.read().javaBytes();
            long most = early;
            for (long second = 0; second < STANDING.toSeconds(); second++) {
                Waiting.pause(Duration.ofSeconds(1));
                most = Math.max(most, meter.read().javaBytes());
            }
            long heapLate = LiveHeap.bytes(gateway.process());
            double open = Metric.of(site, "tollbook_open_streams");
            Result result = generator.result();
            raw.put("open." + kind, Map.of("heapEarly", heapEarly, "heapLate", heapLate, "early", early, "most", most));
            table.add(
                    number(STREAMS, 0) + " open streams, " + kind,
                    "",
                    "heap in use " + megabytes(heapEarly) + ", " + megabytes(heapLate) + " after "
                            + STANDING.toSeconds() + " s; process " + megabytes(early) + ", at most "
                            + megabytes(most)
                            + (stand ? "" : "; never all open at once")
                            + (result.served() == STREAMS
                                    ? ""
                                    : "; " + result.served() + " served " + result.statuses()),
                    "all stand, flat",
                    stand
                            && open == STREAMS
                            && result.served() == STREAMS
                            && heapLate <= 1.05 * heapEarly
                            && most <= 1.1 * early);
        }
    }

    private void longOne(String kind, Requests requests) throws Exception {
        // Classes and read models take what they need the first time.
        LoadGenerator.run(one(requests));
        ReadModelStates.awaitLevel(site, Duration.ofMinutes(1));
        long before = LiveHeap.bytes(gateway.process());
        long most = 0;
        int looks = 0;
        AtomicBoolean ended = new AtomicBoolean();
        Result result;
        try (LoadGenerator generator = LoadGenerator.start(one(requests).seenBy(_ -> ended.set(true)))) {
            Waiting.until(
                    Duration.ofSeconds(10),
                    Duration.ofMillis(5),
                    () -> ended.get() || Metric.of(site, "tollbook_open_streams") == 1);
            while (!ended.get()) {
                long now = LiveHeap.bytes(gateway.process());
                if (ended.get()) break;
                most = Math.max(most, now);
                looks++;
            }
            result = generator.result();
        }
        ReadModelStates.awaitLevel(site, Duration.ofMinutes(1));
        long after = LiveHeap.bytes(gateway.process());
        boolean isWhole = result.served() == 1 && result.piecesLeast() >= StreamProviders.LONG_TOKENS;
        raw.put("long." + kind, Map.of("before", before, "most", most, "after", after, "looks", looks));
        table.add(
                "one answer of " + number(StreamProviders.LONG_TOKENS, 0) + " tokens, " + kind,
                "",
                "heap in use + " + number(Math.max(0, most - before) / 1024.0, 0) + " KB at most in " + looks
                        + " looks, + " + number(Math.max(0, after - before) / 1024.0, 0) + " KB after it"
                        + (isWhole ? "" : "; did not arrive whole: " + result.statuses()),
                "≤ 1,024 KB",
                isWhole && looks > 0 && most - before <= LONG_BYTES_MAX);
    }

    private Load one(Requests requests) {
        return Load.closed(gateway.base(), requests, 1, Duration.ZERO, PATIENCE)
                .callsMax(1)
                .patience(PATIENCE);
    }
}
