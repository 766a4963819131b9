package io.tollbook.command.pricing;

import io.tollbook.kernel.pricing.ModelPrice;
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
 * The prices a new site starts with: what the providers' public lists ask. Models whose price has parts that a document
 * cannot say yet (audio and picture tokens of their own, by the second or by size) are left out: no price refuses a call,
 * a wrong one gives it away.
 */
public final class SeedPrices {
    private static final BigDecimal CACHE_WRITE = new BigDecimal("1.25");
    /** An hour in the cache costs 1.6 times what five minutes do. */
    private static final BigDecimal HOUR = new BigDecimal("1.6");

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
            root.path("calls")
                    .properties()
                    .forEach(entry ->
                            models.put(entry.getKey(), perCall(entry.getValue().decimalValue())));
            Map<String, BigDecimal> groups = new HashMap<>();
            root.path("groups")
                    .properties()
                    .forEach(
                            entry -> groups.put(entry.getKey(), entry.getValue().decimalValue()));
            return new PriceDocument(models, groups, Map.of(), Rounding.HALF_AWAY_FROM_ZERO, DEFAULT_MAX_OUTPUT_TOKENS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                whole(node.path("maxOutputTokens")));
    }

    private static ModelPrice perCall(BigDecimal dollars) {
        ModelPrice usual = ModelPrice.perToken(BigDecimal.ZERO, BigDecimal.ONE);
        return new ModelPrice(
                null,
                usual.completionRatio(),
                usual.cacheReadRatio(),
                usual.cacheWriteRatio(),
                usual.cacheWriteHourRatio(),
                dollars,
                null);
    }

    private static BigDecimal decimal(JsonNode node, BigDecimal otherwise) {
        return node.isMissingNode() ? otherwise : node.decimalValue();
    }

    private static @Nullable Integer whole(JsonNode node) {
        return node.isMissingNode() ? null : node.intValue();
    }
}
