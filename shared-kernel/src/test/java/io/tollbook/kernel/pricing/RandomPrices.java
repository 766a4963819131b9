package io.tollbook.kernel.pricing;

import static io.tollbook.kernel.pricing.PlainCharge.count;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.pricing.expression.Expression;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A random document with one model, and the same prices as the second implementation wants them. */
final class RandomPrices {
    static final String MODEL = "gpt-4o-search";

    private static final BigDecimal TWO = BigDecimal.TWO;

    private final Random random;
    final PriceDocument document;
    final PlainCharge plain;
    final BigDecimal group;

    private final Map<String, BigDecimal> tools = new HashMap<>();
    private final Map<Meter, BigDecimal> plainTools = new EnumMap<>(Meter.class);
    private final Map<Meter, BigDecimal> times = new EnumMap<>(Meter.class);
    private final List<ContextTier> tiers = new ArrayList<>();
    private final List<BigDecimal[]> plainTiers = new ArrayList<>();

    RandomPrices(long seed) {
        random = new Random(seed);
        group = decimal(3);
        boolean up = random.nextInt(5) == 0;
        tools();
        ModelPrice ratios = ratios();
        BigDecimal price = decimal(30);
        int kind = random.nextInt(20);
        ModelPrice model = switch (kind) {
            case 0 -> ratios.pricedBy(null, price, null, Map.of());
            case 1 -> ratios.pricedBy(null, null, price, Map.of());
            case 2 -> ratios.pricedBy(null, null, null, Map.of("1024x1024", price, "512x512", BigDecimal.ZERO));
            default -> ratios;
        };
        PlainCharge.Formula formula = null;
        if (kind == 3) {
            BigDecimal[] c = {decimal(30), decimal(30), decimal(30), decimal(30), decimal(30)};
            long above = 1 + random.nextInt(200_000);
            model = model.withExpression(Expression.of("len <= " + above + " ? tier(\"short\", p * " + plain(c[0])
                    + " + c * " + plain(c[1]) + " + cr * " + plain(c[2]) + ") : tier(\"long\", max(p * " + plain(c[3])
                    + ", c) + floor(cr / 8) * " + plain(c[4]) + " + abs(0 - c) / 4)"));
            formula = (counts, prompt) -> tiered(c, above, counts, prompt);
        }
        if (kind == 4) {
            BigDecimal[] c = {decimal(30), decimal(30)};
            model = model.withExpression(Expression.of("v1:tier('base', ai * " + plain(c[0]) + " + ao * " + plain(c[1])
                    + " + min(p, c))|||when(param(\"fast\") == true) * 6"));
            formula = (counts, prompt) -> spoken(c, counts);
        }
        document = new PriceDocument(
                Map.of(MODEL, model),
                Map.of(),
                Map.of(),
                up ? Rounding.UP : Rounding.HALF_AWAY_FROM_ZERO,
                8_192,
                tools,
                null);
        plain = new PlainCharge(
                kind > 2 ? model.inputRatio().multiply(TWO) : null,
                times,
                plainTiers,
                kind == 0 ? price : null,
                kind == 1 ? price : null,
                kind == 2 ? price : null,
                formula,
                plainTools,
                up);
    }

    private static BigDecimal tiered(BigDecimal[] c, long above, Map<Meter, Long> counts, BigDecimal prompt) {
        BigDecimal cached = count(counts, Meter.CACHE_READ);
        BigDecimal in = prompt.subtract(cached);
        BigDecimal out = all(counts, Meter.OUTPUT, Meter.REASONING, Meter.AUDIO_OUTPUT, Meter.IMAGE_OUTPUT);
        if (prompt.compareTo(BigDecimal.valueOf(above)) <= 0)
            return in.multiply(c[0]).add(out.multiply(c[1])).add(cached.multiply(c[2]));
        return in.multiply(c[3])
                .max(out)
                .add(cached.divideToIntegralValue(BigDecimal.valueOf(8)).multiply(c[4]))
                .add(out.multiply(new BigDecimal("0.25")));
    }

    private static BigDecimal spoken(BigDecimal[] c, Map<Meter, Long> counts) {
        BigDecimal in = all(
                counts, Meter.INPUT, Meter.CACHE_READ, Meter.CACHE_WRITE_5M, Meter.CACHE_WRITE_1H, Meter.IMAGE_INPUT);
        BigDecimal out = all(counts, Meter.OUTPUT, Meter.REASONING, Meter.IMAGE_OUTPUT);
        return count(counts, Meter.AUDIO_INPUT)
                .multiply(c[0])
                .add(count(counts, Meter.AUDIO_OUTPUT).multiply(c[1]))
                .add(in.min(out));
    }

    private static BigDecimal all(Map<Meter, Long> counts, Meter... meters) {
        BigDecimal all = BigDecimal.ZERO;
        for (Meter meter : meters) all = all.add(count(counts, meter));
        return all;
    }

    private ModelPrice ratios() {
        BigDecimal completion = time(Meter.OUTPUT, decimal(10));
        BigDecimal reasoning = optional(Meter.REASONING, completion);
        BigDecimal audioIn = optional(Meter.AUDIO_INPUT, BigDecimal.ONE);
        BigDecimal audioOut = random.nextBoolean() ? decimal(10) : null;
        times.put(
                Meter.AUDIO_OUTPUT,
                audioOut == null ? completion : times.get(Meter.AUDIO_INPUT).multiply(audioOut));
        BigDecimal imageIn = optional(Meter.IMAGE_INPUT, BigDecimal.ONE);
        BigDecimal imageOut = optional(Meter.IMAGE_OUTPUT, completion);
        time(Meter.INPUT, BigDecimal.ONE);
        long above = 0;
        for (int i = random.nextInt(4); i > 1; i--) {
            above += 1 + random.nextInt(100_000);
            ContextTier tier = new ContextTier(above, decimal(3), decimal(3));
            tiers.add(tier);
            plainTiers.add(new BigDecimal[] {BigDecimal.valueOf(above), tier.input(), tier.output()});
        }
        return new ModelPrice(
                decimal(50),
                completion,
                time(Meter.CACHE_READ, decimal(2)),
                time(Meter.CACHE_WRITE_5M, decimal(2)),
                time(Meter.CACHE_WRITE_1H, decimal(3)),
                null,
                null,
                new OwnRatios(reasoning, audioIn, audioOut, imageIn, imageOut),
                tiers,
                null,
                Map.of(),
                null);
    }

    /** Names that fit, that fit better, and that do not fit. */
    private void tools() {
        if (random.nextBoolean()) return;
        tools.put("web_search", decimal(30));
        plainTools.put(Meter.WEB_SEARCH, tools.get("web_search"));
        tools.put("web_search:gpt-4o-mini*", decimal(30));
        if (random.nextBoolean()) {
            tools.put("web_search:gpt-4*", decimal(30));
            tools.put("web_search:gpt-4o*", decimal(30));
            plainTools.put(Meter.WEB_SEARCH, tools.get("web_search:gpt-4o*"));
        }
        tools.put("file_search:" + MODEL, decimal(30));
        plainTools.put(Meter.FILE_SEARCH, tools.get("file_search:" + MODEL));
    }

    Map<Meter, Long> request() {
        Map<Meter, Long> counts = new EnumMap<>(Meter.class);
        for (int i = random.nextInt(6); i >= 0; i--) {
            Meter meter = Meter.values()[random.nextInt(Meter.values().length)];
            boolean few = meter.ordinal() > Meter.IMAGE_OUTPUT.ordinal();
            counts.put(meter, (long) random.nextInt(few ? 20 : random.nextInt(4) == 0 ? 300_000 : 5_000));
        }
        return counts;
    }

    private BigDecimal time(Meter meter, BigDecimal ratio) {
        times.put(meter, ratio);
        return ratio;
    }

    private @Nullable BigDecimal optional(Meter meter, BigDecimal otherwise) {
        BigDecimal own = random.nextBoolean() ? decimal(20) : null;
        times.put(meter, own == null ? otherwise : own);
        return own;
    }

    private BigDecimal decimal(int most) {
        int scale = random.nextInt(7);
        return BigDecimal.valueOf(random.nextLong(most * (long) Math.pow(10, scale) + 1), scale);
    }

    private static String plain(BigDecimal number) {
        return number.toPlainString();
    }
}
