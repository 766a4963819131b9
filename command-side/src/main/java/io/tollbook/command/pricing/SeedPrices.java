package io.tollbook.command.pricing;

import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.OwnRatios;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.Rounding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The prices a new site starts with: what the providers' public lists ask. A model that is not among them has no price: that
 * refuses its calls, where a wrong one would give them away.
 */
public final class SeedPrices {
    private static final BigDecimal CACHE_WRITE = new BigDecimal("1.25");
    /** An hour in the cache costs 1.6 times what five minutes do. */
    static final BigDecimal HOUR = new BigDecimal("1.6");

    static final ModelPrice USUAL = ModelPrice.perToken(BigDecimal.ZERO, BigDecimal.ONE);

    private static final int DEFAULT_MAX_OUTPUT_TOKENS = 8_192;

    private static final PriceDocument DOCUMENT = read();

    private SeedPrices() {}

    public static PriceDocument document() {
        return DOCUMENT;
    }

    private static PriceDocument read() {
        JsonMapper json = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
        try (InputStream in = Objects.requireNonNull(SeedPrices.class.getResourceAsStream("/prices/seed.json"))) {
            JsonNode root = json.readTree(in);
            Map<String, ModelPrice> models = new HashMap<>();
            root.path("models").properties().forEach(entry -> models.put(entry.getKey(), price(entry.getValue())));
            decimals(root.path("calls"))
                    .forEach((model, dollars) -> models.put(model, USUAL.pricedBy(null, dollars, null, Map.of())));
            decimals(root.path("seconds"))
                    .forEach((model, dollars) -> models.put(model, USUAL.pricedBy(null, null, dollars, Map.of())));
            return new PriceDocument(
                    models,
                    decimals(root.path("groups")),
                    Map.of(),
                    Rounding.HALF_AWAY_FROM_ZERO,
                    DEFAULT_MAX_OUTPUT_TOKENS,
                    decimals(root.path("tools")),
                    null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, BigDecimal> decimals(JsonNode map) {
        Map<String, BigDecimal> decimals = new HashMap<>();
        map.properties()
                .forEach(entry -> decimals.put(entry.getKey(), entry.getValue().decimalValue()));
        return decimals;
    }

    private static ModelPrice price(JsonNode node) {
        BigDecimal write = decimal(node.path("cacheWrite"), CACHE_WRITE);
        return new ModelPrice(
                        node.path("ratio").decimalValue(),
                        node.path("completion").decimalValue(),
                        decimal(node.path("cacheRead"), BigDecimal.ONE),
                        write,
                        write.multiply(HOUR).stripTrailingZeros(),
                        null,
                        whole(node.path("maxOutputTokens")))
                .withOwn(new OwnRatios(
                        null,
                        decimal(node.path("audio"), null),
                        decimal(node.path("audioCompletion"), null),
                        decimal(node.path("image"), null),
                        null));
    }

    private static @Nullable BigDecimal decimal(JsonNode node, @Nullable BigDecimal otherwise) {
        return node.isMissingNode() ? otherwise : node.decimalValue();
    }

    private static @Nullable Integer whole(JsonNode node) {
        return node.isMissingNode() ? null : node.intValue();
    }
}
