package io.tollbook.bench;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.Rounding;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/** How fast the engine charges, on one thread: three prices in turn, with and without cached tokens. */
final class ChargeSpeed {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int AT_ONCE = 10_000;
    private static final BigDecimal GROUP = new BigDecimal("0.8");

    private static final PriceDocument PRICES = new PriceDocument(
            Map.of(
                    "gpt",
                    price("1.25", "4", "0.5"),
                    "mini",
                    price("0.075", "4", "0.5"),
                    "opus",
                    price("2.5", "5", "0.1")),
            Map.of(),
            Map.of(),
            Rounding.HALF_AWAY_FROM_ZERO,
            8_192);
    private static final String[] MODELS = {"gpt", "mini", "opus"};
    private static final Meters[] CALLS = {
        new Meters(Map.of(Meter.INPUT, 1_234L, Meter.OUTPUT, 321L)),
        new Meters(Map.of(Meter.INPUT, 17L, Meter.CACHE_READ, 20_480L, Meter.OUTPUT, 5L, Meter.REASONING, 700L)),
        new Meters(Map.of(Meter.INPUT, 99_000L, Meter.CACHE_WRITE_5M, 4_096L, Meter.OUTPUT, 2_000L)),
        new Meters(Map.of(Meter.INPUT, 8L, Meter.OUTPUT, 1L)),
    };

    /** Kept, so that no charge can be left out because nobody wants it. */
    private static volatile long sum;

    private ChargeSpeed() {}

    /** @param length how long to measure, after as long a warm-up; at most five seconds */
    static double perSecond(Duration length) {
        Duration measured = length.compareTo(LONGEST) < 0 ? length : LONGEST;
        run(measured);
        return run(measured);
    }

    private static double run(Duration length) {
        long start = System.nanoTime();
        long charges = 0;
        long now = start;
        while (now - start < length.toNanos()) {
            sum += some();
            charges += AT_ONCE;
            now = System.nanoTime();
        }
        return charges * 1e9 / (now - start);
    }

    private static long some() {
        long units = 0;
        for (int i = 0; i < AT_ONCE; i++)
            units += PRICES.charge(MODELS[i % MODELS.length], GROUP, CALLS[i % CALLS.length])
                    .units();
        return units;
    }

    private static ModelPrice price(String input, String completion, String cacheRead) {
        return new ModelPrice(
                new BigDecimal(input),
                new BigDecimal(completion),
                new BigDecimal(cacheRead),
                new BigDecimal("1.25"),
                new BigDecimal("2"),
                null,
                null);
    }
}
