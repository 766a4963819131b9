package io.tollbook.bench;

import static io.tollbook.bench.Table.number;

import io.tollbook.bench.books.Prices;
import io.tollbook.bench.gateway.Gateway;
import io.tollbook.bench.gateway.ProcessMeter;
import io.tollbook.bench.gateway.Site;
import io.tollbook.bench.load.Load;
import io.tollbook.bench.load.LoadGenerator;
import io.tollbook.bench.load.Requests;
import io.tollbook.bench.load.Result;
import io.tollbook.bench.load.Spoken;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What translating a stream costs: streams of the same provider, passed on as they come and translated. Processor time of the
 * gateway's process, the ledger and the read models in it included, as both have them. In turns, since a machine's mood is
 * not the same for a minute.
 */
final class TranslationCost {
    private static final int STREAMS = 200;
    private static final int PIECES = 100;
    private static final int ROUNDS = 3;
    private static final Duration SETTLING = Duration.ofSeconds(2);
    private static final double RATIO_MAX = 1.5;

    private record Pair(Spoken client, Spoken provider, String model) {
        boolean isPassed() {
            return client == provider;
        }

        String name() {
            return name(client) + (isPassed() ? ", passed on" : " from " + name(provider));
        }

        private static String name(Spoken spoken) {
            return switch (spoken) {
                case OPENAI -> "OpenAI";
                case CLAUDE -> "Claude";
                case GEMINI -> "Gemini";
            };
        }
    }

    private static final class Sum {
        private double javaSeconds;
        private long streams;
        private long failed;

        double secondsForThousand() {
            return javaSeconds * 1_000 / Math.max(1, streams);
        }
    }

    private static final List<Pair> PAIRS = List.of(
            new Pair(Spoken.OPENAI, Spoken.OPENAI, Prices.PLAIN),
            new Pair(Spoken.CLAUDE, Spoken.OPENAI, Prices.PLAIN),
            new Pair(Spoken.GEMINI, Spoken.OPENAI, Prices.PLAIN),
            new Pair(Spoken.CLAUDE, Spoken.CLAUDE, StreamProviders.CLAUDE),
            new Pair(Spoken.OPENAI, Spoken.CLAUDE, StreamProviders.CLAUDE),
            new Pair(Spoken.GEMINI, Spoken.CLAUDE, StreamProviders.CLAUDE));

    private final Gateway gateway;
    private final Site site;
    private final Times times;

    TranslationCost(Gateway gateway, Site site, Times times) {
        this.gateway = gateway;
        this.site = site;
        this.times = times;
    }

    void measure(Table table, Map<String, Object> raw) throws Exception {
        Map<Pair, Sum> sums = new LinkedHashMap<>();
        for (Pair pair : PAIRS) sums.put(pair, new Sum());
        // What the compiler does belongs to nobody's streams.
        for (Pair pair : PAIRS)
            LoadGenerator.run(load(pair, Duration.ZERO, times.warmUp().dividedBy(2)));
        for (int round = 0; round < ROUNDS; round++) for (Pair pair : PAIRS) add(pair, sums.get(pair));
        sums.forEach((pair, sum) -> {
            double seconds = sum.secondsForThousand();
            raw.put("translation." + pair.name(), seconds);
            String work = STREAMS + " streams × " + PIECES + " chunks × 10 ms, " + pair.name();
            String cost = number(seconds, 2) + " s CPU per 1,000 streams";
            String failures = sum.failed == 0 ? "" : "; " + sum.failed + " not served whole";
            if (pair.isPassed()) {
                table.note(work, "", cost + failures);
                return;
            }
            double passed = sums.get(passedOf(pair.provider())).secondsForThousand();
            table.add(
                    work,
                    "",
                    cost + " = " + number(seconds / passed, 2) + " × passing them on" + failures,
                    "≤ " + number(RATIO_MAX, 1) + " ×",
                    seconds <= RATIO_MAX * passed && sum.failed == 0);
        });
    }

    private static Pair passedOf(Spoken provider) {
        return PAIRS.stream()
                .filter(pair -> pair.isPassed() && pair.provider() == provider)
                .findFirst()
                .orElseThrow();
    }

    private Load load(Pair pair, Duration warmUp, Duration measured) {
        Requests requests = Requests.streams(site.keys(), pair.client(), pair.model(), 256);
        return Load.closed(gateway.base(), requests, STREAMS, warmUp, measured);
    }

    private void add(Pair pair, Sum sum) throws Exception {
        ProcessMeter meter = ProcessMeter.of(gateway);
        Load load = load(pair, SETTLING, times.measured().dividedBy(ROUNDS));
        try (LoadGenerator generator = LoadGenerator.start(load)) {
            generator.awaitMeasuring();
            ProcessMeter.Reading before = meter.read();
            generator.awaitMeasured();
            sum.javaSeconds += meter.read().javaSecondsSince(before);
            Result result = generator.result();
            sum.streams += result.served();
            sum.failed += result.ended() - result.served();
            if (result.piecesLeast() < PIECES) sum.failed++;
        }
    }
}
