package io.tollbook.bench.books;

import io.tollbook.bench.upstream.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What calls must cost, by arithmetic of this module's own: exact decimals, rounded once half away from zero, at least 1.
 *
 * @param perToken by model
 * @param perCall in USD, by model
 * @param group the factor of the group that everybody is in
 */
public record Prices(Map<String, Ratios> perToken, Map<String, BigDecimal> perCall, BigDecimal group) {
    private static final BigDecimal UNITS_PER_USD = new BigDecimal(500_000);

    /** One unit of quota per token, times these. */
    public record Ratios(BigDecimal input, BigDecimal completion, BigDecimal cached) {
        static Ratios of(String input, String completion, String cached) {
            return new Ratios(new BigDecimal(input), new BigDecimal(completion), new BigDecimal(cached));
        }
    }

    public static final String PLAIN = "mock-gpt";
    /** A dear model, of whose calls few fit into a balance. */
    public static final String PER_CALL = "mock-slow-call";

    /** Ratios that leave fractions everywhere, so that a rounding at the wrong place shows. */
    public static Prices awkward() {
        Map<String, Ratios> perToken = new TreeMap<>();
        perToken.put(PLAIN, Ratios.of("1.25", "3.7", "0.35"));
        perToken.put("mock-gpt-mini", Ratios.of("0.075", "4", "0.5"));
        for (String fault : new String[] {
            "500", "429", "400", "401", "flaky", "hang", "drop", "cut", "garbage", "nousage", "slow", "hugeline"
        }) perToken.put("mock-" + fault, Ratios.of("1.1", "2.3", "0.25"));
        return new Prices(perToken, Map.of(PER_CALL, new BigDecimal("0.02")), new BigDecimal("1.1"));
    }

    /** These, and for some models more the plain one's. */
    public Prices with(Iterable<String> models) {
        Map<String, Ratios> more = new TreeMap<>(perToken);
        for (String model : models) more.put(model, perToken.get(PLAIN));
        return new Prices(more, perCall, group);
    }

    public Set<String> models() {
        Set<String> models = new TreeSet<>(perToken.keySet());
        models.addAll(perCall.keySet());
        return models;
    }

    public long charge(String model, Usage usage) {
        BigDecimal exact;
        BigDecimal fixed = perCall.get(model);
        if (fixed != null) exact = fixed.multiply(UNITS_PER_USD).multiply(group);
        else {
            Ratios ratios = perToken.get(model);
            if (ratios == null) throw new IllegalArgumentException("no price for " + model);
            exact = BigDecimal.valueOf(usage.prompt() - usage.cached())
                    .add(BigDecimal.valueOf(usage.cached()).multiply(ratios.cached()))
                    .add(BigDecimal.valueOf(usage.completion()).multiply(ratios.completion()))
                    .multiply(ratios.input())
                    .multiply(group);
        }
        if (exact.signum() == 0) return 0;
        return Math.max(1, exact.setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    /** As the options that publish these prices. */
    public Map<String, Map<String, Object>> options() {
        Map<String, Object> input = new TreeMap<>();
        Map<String, Object> completion = new TreeMap<>();
        Map<String, Object> cached = new TreeMap<>();
        perToken.forEach((model, ratios) -> {
            input.put(model, ratios.input());
            completion.put(model, ratios.completion());
            cached.put(model, ratios.cached());
        });
        Map<String, Map<String, Object>> options = new LinkedHashMap<>();
        options.put("ModelRatio", input);
        options.put("CompletionRatio", completion);
        options.put("CacheRatio", cached);
        options.put("ModelPrice", new TreeMap<>(perCall));
        options.put("GroupRatio", Map.of("default", group));
        return options;
    }
}
