package io.tollbook.command.pricing;

import static java.util.Objects.requireNonNullElse;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.OwnRatios;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceOutlook;
import io.tollbook.kernel.pricing.PriceSchedule;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PublishPrices;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
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
            "ImageRatio",
            "AudioRatio",
            "AudioCompletionRatio",
            "GroupRatio",
            "GroupGroupRatio",
            "tool_price_setting.prices",
            "billing_setting.billing_mode",
            "billing_setting.billing_expr");
    private static final int TRIES = 5;

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
        publish(before -> before.withModels(SeedPrices.document().models()), "first prices", actor);
    }

    private void publish(UnaryOperator<PriceDocument> change, String note, Actor actor) {
        for (int i = 1; ; i++) {
            PriceSchedule schedule = messages.ask(new PriceOutlook(), actor);
            PriceVersion inForce = schedule.inForce();
            PriceDocument after = change.apply(inForce == null ? empty() : inForce.document());
            try {
                messages.send(new PublishPrices(schedule, after.from(null), note, Instant.now()), actor);
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
        return switch (key) {
            case "GroupRatio" -> before.withGroups(decimals("group", map));
            case "GroupGroupRatio" -> {
                Map<String, Map<String, BigDecimal>> nested = new HashMap<>();
                map.properties().forEach(entry -> {
                    if (!entry.getValue().isObject())
                        throw Refused.invalid("The value of group " + entry.getKey() + " must be a JSON object.");
                    nested.put(entry.getKey(), decimals("group", entry.getValue()));
                });
                yield before.withGroupOverrides(nested);
            }
            case "tool_price_setting.prices" -> before.withTools(tools(decimals("tool", map)));
            case "billing_setting.billing_mode" -> before.withModels(ExpressionOptions.withModes(before.models(), map));
            case "billing_setting.billing_expr" ->
                before.withModels(ExpressionOptions.withExpressions(before.models(), map));
            default -> before.withModels(models(before.models(), key, decimals("model", map)));
        };
    }

    /** What is written is laid over the first prices, so that a tool nobody mentions keeps its own. */
    private static Map<String, BigDecimal> tools(Map<String, BigDecimal> written) {
        Map<String, BigDecimal> tools = new HashMap<>(SeedPrices.document().tools());
        tools.putAll(written);
        return tools;
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
        ModelPrice first = SeedPrices.document().price(model).orElse(SeedPrices.USUAL);
        ModelPrice usual = before != null ? before : first;
        return switch (key) {
            case "ModelRatio" ->
                before != null && before.inputRatio() == null && !isBare(before)
                        ? before
                        : value == null ? bare(before) : usual.pricedBy(value, null, null, Map.of());
            case "ModelPrice" -> byThePiece(before, usual, value);
            case "CompletionRatio" ->
                with(
                        usual,
                        requireNonNullElse(value, first.completionRatio()),
                        usual.cacheReadRatio(),
                        usual.cacheWriteRatio());
            case "CacheRatio" ->
                with(
                        usual,
                        usual.completionRatio(),
                        requireNonNullElse(value, first.cacheReadRatio()),
                        usual.cacheWriteRatio());
            case "CreateCacheRatio" ->
                with(
                        usual,
                        usual.completionRatio(),
                        usual.cacheReadRatio(),
                        requireNonNullElse(value, first.cacheWriteRatio()));
            case "ImageRatio", "AudioRatio", "AudioCompletionRatio" ->
                usual.withOwn(own(usual.ownOrNone(), first.ownOrNone(), key, value));
            default -> throw new IllegalArgumentException(key);
        };
    }

    /** A model that is made by the second has its price of a second in ModelPrice. */
    private static @Nullable ModelPrice byThePiece(
            @Nullable ModelPrice before, ModelPrice usual, @Nullable BigDecimal value) {
        boolean bySecond = usual.perSecond() != null;
        if (value != null) return usual.pricedBy(null, bySecond ? null : value, bySecond ? value : null, Map.of());
        boolean had = before != null && (before.perCall() != null || before.perSecond() != null);
        return had ? bare(before) : before;
    }

    private static boolean isBare(ModelPrice price) {
        return price.perCall() == null
                && price.perSecond() == null
                && price.perPicture().isEmpty();
    }

    /** What is left of a price without the one it lost: its expression, or nothing. */
    private static @Nullable ModelPrice bare(@Nullable ModelPrice price) {
        return price == null || price.expression() == null ? null : price.pricedBy(null, null, null, Map.of());
    }

    private static OwnRatios own(OwnRatios own, OwnRatios first, String key, @Nullable BigDecimal value) {
        return new OwnRatios(
                own.reasoning(),
                key.equals("AudioRatio") ? value != null ? value : first.audioInput() : own.audioInput(),
                key.equals("AudioCompletionRatio")
                        ? value != null ? value : first.audioCompletion()
                        : own.audioCompletion(),
                key.equals("ImageRatio") ? value != null ? value : first.imageInput() : own.imageInput(),
                own.imageOutput());
    }

    private static ModelPrice with(
            ModelPrice price, BigDecimal completion, BigDecimal cacheRead, BigDecimal cacheWrite) {
        return price.withRatios(
                completion,
                cacheRead,
                cacheWrite,
                // An hour's price of its own stays where the five minutes' did not change.
                cacheWrite.compareTo(price.cacheWriteRatio()) == 0
                        ? price.cacheWriteHourRatio()
                        : cacheWrite.multiply(SeedPrices.HOUR).stripTrailingZeros());
    }
}
