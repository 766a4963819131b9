package io.tollbook.command.pricing;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.BuyPrice;
import io.tollbook.kernel.pricing.BuyPriceDocument;
import io.tollbook.kernel.pricing.ContextTier;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.OwnRatios;
import io.tollbook.kernel.pricing.PriceDocument;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A document of prices in the one form that its hash is taken of: keys sorted, absent prices left out, numbers written plainly
 * without trailing zeros. So 1.50 and 1.5 are the same price, and anybody can recompute the hash from the stored event.
 */
final class CanonicalPrices {
    static final int MODELS_MAX = 20_000;
    static final int GROUPS_MAX = 1_000;
    static final int MODEL_NAME_MAX = 255;
    static final int GROUP_NAME_MAX = 64;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .changeDefaultPropertyInclusion(inclusion ->
                    inclusion.withValueInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL))
            .build();

    private CanonicalPrices() {}

    /** The same prices without trailing zeros. Refuses names that are no names. */
    static PriceDocument of(PriceDocument document) {
        if (document.models().size() > MODELS_MAX)
            throw Refused.invalid("A price document has at most " + MODELS_MAX + " models.");
        Map<String, ModelPrice> models = new TreeMap<>();
        document.models().forEach((model, price) -> {
            checkName("model", model, MODEL_NAME_MAX);
            checkExpression(model, price);
            models.put(model, of(price));
        });
        Map<String, Map<String, BigDecimal>> overrides = new TreeMap<>();
        document.groupOverrides().forEach((group, ratios) -> overrides.put(checkGroup(group), groups(ratios)));
        if (overrides.size() > GROUPS_MAX) throw Refused.invalid("There are more than " + GROUPS_MAX + " groups.");
        Map<String, BigDecimal> tools = new TreeMap<>();
        document.tools().forEach((tool, price) -> tools.put(tool, plain(price)));
        Instant from = document.effectiveFrom();
        return new PriceDocument(
                models,
                groups(document.groups()),
                overrides,
                document.rounding(),
                document.defaultMaxOutputTokens(),
                tools,
                from == null ? null : from.truncatedTo(ChronoUnit.MILLIS));
    }

    /** The same buy prices without trailing zeros. */
    static BuyPriceDocument of(BuyPriceDocument document) {
        List<BuyPrice> prices = new ArrayList<>();
        for (BuyPrice price : document.prices()) {
            ModelPrice own = price.price();
            if (own != null) checkExpression(price.model(), own);
            prices.add(new BuyPrice(price.scope(), price.model(), own == null ? null : of(own), plain(price.factor())));
        }
        Map<String, BigDecimal> tools = new TreeMap<>();
        document.tools().forEach((tool, price) -> tools.put(tool, plain(price)));
        Instant from = document.effectiveFrom();
        return new BuyPriceDocument(prices, tools, from == null ? null : from.truncatedTo(ChronoUnit.MILLIS));
    }

    private static void checkExpression(String model, ModelPrice price) {
        if (price.expression() == null) return;
        try {
            price.expression().check();
        } catch (Refused refused) {
            throw Refused.invalid(model + ": " + refused.getMessage());
        }
    }

    private static ModelPrice of(ModelPrice price) {
        Map<String, BigDecimal> pictures = new TreeMap<>();
        price.perPicture().forEach((picture, dollars) -> pictures.put(picture, plain(dollars)));
        return new ModelPrice(
                plain(price.inputRatio()),
                plain(price.completionRatio()),
                plain(price.cacheReadRatio()),
                plain(price.cacheWriteRatio()),
                plain(price.cacheWriteHourRatio()),
                plain(price.perCall()),
                price.maxOutputTokens(),
                of(price.ownOrNone()),
                price.tiers().stream()
                        .map(tier -> new ContextTier(tier.above(), plain(tier.input()), plain(tier.output())))
                        .toList(),
                plain(price.perSecond()),
                pictures,
                price.expression());
    }

    private static OwnRatios of(OwnRatios own) {
        return new OwnRatios(
                plain(own.reasoning()),
                plain(own.audioInput()),
                plain(own.audioCompletion()),
                plain(own.imageInput()),
                plain(own.imageOutput()));
    }

    private static Map<String, BigDecimal> groups(Map<String, BigDecimal> ratios) {
        if (ratios.size() > GROUPS_MAX) throw Refused.invalid("There are more than " + GROUPS_MAX + " groups.");
        Map<String, BigDecimal> plain = new TreeMap<>();
        ratios.forEach((group, ratio) -> plain.put(checkGroup(group), plain(ratio)));
        return plain;
    }

    private static String checkGroup(String group) {
        checkName("group", group, GROUP_NAME_MAX);
        return group;
    }

    private static void checkName(String kind, String name, int max) {
        if (name.isBlank() || name.length() > max || name.codePoints().anyMatch(Character::isISOControl))
            throw Refused.invalid("The name of a " + kind + " has 1 to " + max + " visible characters.");
    }

    static @Nullable BigDecimal plain(@Nullable BigDecimal number) {
        if (number == null) return null;
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** SHA-256 of the canonical JSON, hex. */
    static String hash(Object canonical) {
        try {
            byte[] json = JSON.writeValueAsString(canonical).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
