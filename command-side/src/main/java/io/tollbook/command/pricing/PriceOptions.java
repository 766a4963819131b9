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
import io.tollbook.kernel.pricing.Rounding;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
        for (int i = 1; ; i++) {
            Optional<PriceVersion> inForce = messages.ask(new PricesInForce(), actor);
            PriceDocument before = inForce.map(PriceVersion::document).orElseGet(PriceOptions::empty);
            PriceDocument after = changed(before, key, map);
            try {
                messages.send(
                        new PublishPrices(inForce.map(PriceVersion::version).orElse(0L), after, key, Instant.now()),
                        actor);
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
        return new PriceDocument(Map.of(), Map.of(), Map.of(), Rounding.HALF_AWAY_FROM_ZERO, 8_192);
    }

    private static PriceDocument changed(PriceDocument before, String key, JsonNode map) {
        Map<String, ModelPrice> models = before.models();
        Map<String, BigDecimal> groups = before.groups();
        Map<String, Map<String, BigDecimal>> overrides = before.groupOverrides();
        switch (key) {
            case "GroupRatio" -> groups = decimals("group", map);
            case "GroupGroupRatio" -> {
                Map<String, Map<String, BigDecimal>> nested = new HashMap<>();
                map.properties().forEach(entry -> nested.put(entry.getKey(), decimals("group", entry.getValue())));
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

    /** Maps replace each other whole: a model that is no longer in ModelRatio or ModelPrice has lost that price. */
    private static Map<String, ModelPrice> models(
            Map<String, ModelPrice> before, String key, Map<String, BigDecimal> values) {
        Map<String, ModelPrice> after = new HashMap<>();
        Set<String> names = new HashSet<>(before.keySet());
        names.addAll(values.keySet());
        for (String name : names) {
            ModelPrice price = changed(name, before.get(name), key, values.get(name));
            if (price != null) after.put(name, price);
        }
        return after;
    }

    private static @Nullable ModelPrice changed(
            String model, @Nullable ModelPrice before, String key, @Nullable BigDecimal value) {
        ModelPrice usual = before != null ? before : ModelPrice.perToken(BigDecimal.ZERO, BigDecimal.ONE);
        try {
            return switch (key) {
                case "ModelRatio" -> {
                    if (value != null)
                        yield before != null && before.perCall() != null ? before : withInput(usual, value);
                    yield before != null && before.perCall() != null ? before : null;
                }
                case "ModelPrice" -> {
                    if (value != null) yield perCall(usual, value);
                    yield before != null && before.perCall() == null ? before : null;
                }
                case "CompletionRatio" ->
                    before == null
                            ? null
                            : with(
                                    before,
                                    or(value, BigDecimal.ONE),
                                    before.cacheReadRatio(),
                                    before.cacheWriteRatio());
                case "CacheRatio" ->
                    before == null
                            ? null
                            : with(
                                    before,
                                    before.completionRatio(),
                                    or(value, BigDecimal.ONE),
                                    before.cacheWriteRatio());
                default ->
                    before == null
                            ? null
                            : with(
                                    before,
                                    before.completionRatio(),
                                    before.cacheReadRatio(),
                                    or(value, new BigDecimal("1.25")));
            };
        } catch (Refused refused) {
            throw Refused.invalid(model + ": " + refused.getMessage());
        }
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
