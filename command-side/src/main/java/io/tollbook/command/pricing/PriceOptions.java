package io.tollbook.command.pricing;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PricesInForce;
import io.tollbook.kernel.pricing.PublishPrices;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The price maps of the management API's options: each write of one is a new price version made from the one in force. */
@Component
public final class PriceOptions {
    public static final Set<String> KEYS = Set.of(
            "ModelRatio",
            "CompletionRatio",
            "CacheRatio",
            "CreateCacheRatio",
            "ModelPrice",
            "GroupRatio",
            "GroupGroupRatio");
    private static final int TRIES = 5;
    private static final ModelPrice USUAL = ModelPrice.perToken(BigDecimal.ZERO, BigDecimal.ONE);
    private static final BigDecimal HOUR = new BigDecimal("1.6");

    private final Messages messages;
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    PriceOptions(Messages messages) {
        this.messages = messages;
    }

    /** @throws Refused INVALID naming the model or group, for a map that is none or a ratio out of range */
    public void write(String key, String value, Actor actor) {
        JsonNode map = parse(key, value);
        publish(before -> changed(before, key, map), key, actor);
    }

    /** Gives every model the price that a new site starts with. */
    public void reset(Actor actor) {
        publish(
                before -> new PriceDocument(
                        SeedPrices.document().models(),
                        before.groups(),
                        before.groupOverrides(),
                        before.rounding(),
                        before.defaultMaxOutputTokens()),
                "first prices",
                actor);
    }

    private void publish(UnaryOperator<PriceDocument> change, String note, Actor actor) {
        for (int i = 1; ; i++) {
            Optional<PriceVersion> inForce = messages.ask(new PricesInForce(), actor);
            PriceDocument after =
                    change.apply(inForce.map(PriceVersion::document).orElseGet(PriceOptions::empty));
            long version = inForce.map(PriceVersion::version).orElse(0L);
            try {
                messages.send(new PublishPrices(version, after, note, Instant.now()), actor);
                return;
            } catch (Refused refused) {
                // Somebody published meanwhile; make the change on top of theirs.
                if (refused.refusal() != Refusal.PRICE_CHANGED || i == TRIES) throw refused;
            }
        }
    }

    private JsonNode parse(String key, String value) {
        try {
            JsonNode map = json.readTree(value);
            if (map.isObject()) return map;
        } catch (JacksonException e) {
            // Told below, like JSON that is no object.
        }
        throw Refused.invalid(key + " must be a JSON object.");
    }

    private static PriceDocument empty() {
        PriceDocument seed = SeedPrices.document();
        return new PriceDocument(Map.of(), Map.of(), Map.of(), seed.rounding(), seed.defaultMaxOutputTokens());
    }

    private static PriceDocument changed(PriceDocument before, String key, JsonNode map) {
        Map<String, ModelPrice> models = before.models();
        Map<String, BigDecimal> groups = before.groups();
        Map<String, Map<String, BigDecimal>> overrides = before.groupOverrides();
        switch (key) {
            case "GroupRatio" -> groups = decimals("group", map);
            case "GroupGroupRatio" -> {
                Map<String, Map<String, BigDecimal>> nested = new HashMap<>();
                map.properties().forEach(entry -> {
                    if (!entry.getValue().isObject())
                        throw Refused.invalid("The value of group " + entry.getKey() + " must be a JSON object.");
                    nested.put(entry.getKey(), decimals("group", entry.getValue()));
                });
                overrides = nested;
            }
            default -> models = models(before.models(), key, decimals("model", map));
        }
        return new PriceDocument(models, groups, overrides, before.rounding(), before.defaultMaxOutputTokens());
    }

    private static Map<String, BigDecimal> decimals(String what, JsonNode map) {
        Map<String, BigDecimal> decimals = new TreeMap<>();
        map.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (!value.isNumber() || value.decimalValue().signum() < 0)
                throw Refused.invalid("The value of " + what + " " + entry.getKey() + " must be a number from 0.");
            decimals.put(entry.getKey(), value.decimalValue());
        });
        return decimals;
    }

    /**
     * Maps replace each other whole: a model that is no longer in ModelRatio or ModelPrice has lost that price, and one that
     * is no longer in another map has its first value again.
     */
    private static Map<String, ModelPrice> models(
            Map<String, ModelPrice> before, String key, Map<String, BigDecimal> values) {
        boolean makesPrices = key.equals("ModelRatio") || key.equals("ModelPrice");
        for (String name : values.keySet())
            if (!makesPrices && !before.containsKey(name))
                throw Refused.invalid(name + " has no price yet. Set it in ModelRatio first, then its " + key + ".");
        Map<String, ModelPrice> after = new HashMap<>();
        Set<String> names = new HashSet<>(before.keySet());
        names.addAll(values.keySet());
        for (String name : names) {
            try {
                ModelPrice price = changed(name, before.get(name), key, values.get(name));
                if (price != null) after.put(name, price);
            } catch (Refused refused) {
                throw Refused.invalid(name + ": " + refused.getMessage());
            }
        }
        return after;
    }

    /** A price per call wins over ratios, whichever came first; it is taken back through ModelPrice. */
    private static @Nullable ModelPrice changed(
            String model, @Nullable ModelPrice before, String key, @Nullable BigDecimal value) {
        ModelPrice first = SeedPrices.document().price(model).orElse(USUAL);
        ModelPrice usual = before != null ? before : first;
        boolean perCall = before != null && before.perCall() != null;
        return switch (key) {
            case "ModelRatio" -> perCall ? before : value == null ? null : withInput(usual, value);
            case "ModelPrice" -> value != null ? perCall(usual, value) : perCall ? null : before;
            case "CompletionRatio" ->
                with(usual, or(value, first.completionRatio()), usual.cacheReadRatio(), usual.cacheWriteRatio());
            case "CacheRatio" ->
                with(usual, usual.completionRatio(), or(value, first.cacheReadRatio()), usual.cacheWriteRatio());
            case "CreateCacheRatio" ->
                with(usual, usual.completionRatio(), usual.cacheReadRatio(), or(value, first.cacheWriteRatio()));
            default -> throw new IllegalArgumentException(key);
        };
    }

    private static BigDecimal or(@Nullable BigDecimal value, BigDecimal otherwise) {
        return value == null ? otherwise : value;
    }

    private static ModelPrice withInput(ModelPrice price, BigDecimal ratio) {
        return new ModelPrice(
                ratio,
                price.completionRatio(),
                price.cacheReadRatio(),
                price.cacheWriteRatio(),
                price.cacheWriteHourRatio(),
                null,
                price.maxOutputTokens());
    }

    private static ModelPrice perCall(ModelPrice price, BigDecimal dollars) {
        return new ModelPrice(
                null,
                price.completionRatio(),
                price.cacheReadRatio(),
                price.cacheWriteRatio(),
                price.cacheWriteHourRatio(),
                dollars,
                price.maxOutputTokens());
    }

    private static ModelPrice with(
            ModelPrice price, BigDecimal completion, BigDecimal cacheRead, BigDecimal cacheWrite) {
        return new ModelPrice(
                price.inputRatio(),
                completion,
                cacheRead,
                cacheWrite,
                cacheWrite.multiply(HOUR).stripTrailingZeros(),
                price.perCall(),
                price.maxOutputTokens());
    }
}
