package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.expression.Expression;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The prices of another New API-compatible site, as its {@code /api/ratio_config} or {@code /api/pricing} says them: model to
 * field to value. What is no number in range, or no expression, is left out: it is not ours to guess.
 */
public final class OfferedPrices {
    public static final List<String> FIELDS = List.of(
            "model_ratio",
            "completion_ratio",
            "cache_ratio",
            "create_cache_ratio",
            "image_ratio",
            "audio_ratio",
            "audio_completion_ratio",
            "model_price",
            "billing_expr");

    private static final String EXPRESSION = "billing_expr";
    private static final int MODELS_MAX = 20_000;
    private static final int DECIMALS = 12;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Map<String, Map<String, String>> byModel;

    private OfferedPrices(Map<String, Map<String, String>> byModel) {
        this.byModel = byModel;
    }

    /** @throws Refused INVALID if this is no answer of such a site */
    public static OfferedPrices read(byte[] answer) {
        JsonNode root;
        try {
            root = JSON.readTree(answer);
        } catch (JacksonException e) {
            throw Refused.invalid("The answer is no JSON.");
        }
        JsonNode data = root.path("data");
        if (!root.path("success").asBoolean(true) || !data.isObject() && !data.isArray())
            throw Refused.invalid("The answer has no prices: it is neither a /api/pricing nor a /api/ratio_config.");
        Map<String, Map<String, String>> byModel = new TreeMap<>();
        if (data.isArray()) data.forEach(entry -> pricing(entry, byModel));
        else
            for (String field : FIELDS)
                data.path(field).properties().forEach(entry -> put(byModel, entry.getKey(), field, entry.getValue()));
        if (byModel.size() > MODELS_MAX) throw Refused.invalid("The answer has prices of more than 20,000 models.");
        return new OfferedPrices(byModel);
    }

    /** A list entry says everything of its model; what goes with the way it is priced counts. */
    private static void pricing(JsonNode entry, Map<String, Map<String, String>> byModel) {
        String model = entry.path("model_name").asString("");
        boolean perCall = entry.path("quota_type").asInt(0) == 1;
        if (entry.path("billing_mode").asString("").equals("tiered_expr")) {
            put(byModel, model, EXPRESSION, entry.path(EXPRESSION));
            return;
        }
        for (String field : FIELDS)
            if (perCall == field.equals("model_price") && !field.equals(EXPRESSION))
                put(byModel, model, field, entry.path(field));
    }

    private static void put(Map<String, Map<String, String>> byModel, String model, String field, JsonNode value) {
        if (model.isBlank() || model.length() > 255 || model.codePoints().anyMatch(Character::isISOControl)) return;
        String text = field.equals(EXPRESSION) ? expression(value) : number(value);
        if (text != null)
            byModel.computeIfAbsent(model, name -> new LinkedHashMap<>()).put(field, text);
    }

    private static @Nullable String number(JsonNode value) {
        if (!value.isNumber()) return null;
        BigDecimal number = value.decimalValue();
        // An exponent of a million would fill the memory with zeros.
        if (number.precision() - number.scale() > 10 || number.scale() > 400) return null;
        if (number.signum() < 0 || number.compareTo(ModelPrice.RATIO_MAX) > 0) return null;
        return plain(number);
    }

    private static @Nullable String expression(JsonNode value) {
        if (!value.isString() || value.asString().isBlank()) return null;
        try {
            Expression expression = Expression.of(value.asString());
            expression.check();
            return expression.text();
        } catch (Refused refused) {
            return null;
        }
    }

    private static String plain(BigDecimal number) {
        BigDecimal rounded = number.setScale(Math.min(number.scale(), DECIMALS), RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    public int size() {
        return byModel.size();
    }

    /** What they tell otherwise than this document, by model and field. What they do not tell is no difference. */
    public List<PriceDifference> differences(PriceDocument ours) {
        List<PriceDifference> differences = new ArrayList<>();
        byModel.forEach((model, fields) -> {
            ModelPrice price = ours.models().get(model);
            boolean confident = !("37.5".equals(fields.get("model_ratio"))
                    && "1".equals(fields.getOrDefault("completion_ratio", "1")));
            fields.forEach((field, offered) -> {
                String current = price == null ? null : current(price, field);
                if (!offered.equals(current))
                    differences.add(new PriceDifference(model, field, current, offered, confident));
            });
        });
        return differences;
    }

    private static @Nullable String current(ModelPrice price, String field) {
        BigDecimal number = switch (field) {
            case "model_ratio" -> price.inputRatio();
            case "completion_ratio" -> price.completionRatio();
            case "cache_ratio" -> price.cacheReadRatio();
            case "create_cache_ratio" -> price.cacheWriteRatio();
            case "image_ratio" -> price.ownOrNone().imageInput();
            case "audio_ratio" -> price.ownOrNone().audioInput();
            case "audio_completion_ratio" -> price.ownOrNone().audioCompletion();
            case "model_price" -> price.perCall() != null ? price.perCall() : price.perSecond();
            default -> null;
        };
        if (field.equals(EXPRESSION))
            return price.expression() == null ? null : price.expression().text();
        return number == null ? null : plain(number);
    }

    /**
     * The document with the chosen differences in it.
     *
     * @throws Refused INVALID naming the model whose chosen fields make no price
     */
    public static PriceDocument applied(PriceDocument ours, Collection<PriceDifference> chosen) {
        Map<String, ModelPrice> models = new HashMap<>(ours.models());
        Map<String, Map<String, String>> fields = new TreeMap<>();
        for (PriceDifference difference : chosen)
            fields.computeIfAbsent(difference.model(), model -> new LinkedHashMap<>())
                    .put(difference.field(), difference.offered());
        fields.forEach((model, values) -> models.put(model, applied(model, models.get(model), values)));
        return ours.withModels(models);
    }

    private static ModelPrice applied(String model, @Nullable ModelPrice before, Map<String, String> values) {
        String expression = values.get(EXPRESSION);
        if (before == null
                && values.get("model_ratio") == null
                && values.get("model_price") == null
                && expression == null)
            throw Refused.invalid(model + " has no price yet: choose its model_ratio or model_price too.");
        ModelPrice price = before == null ? ModelPrice.perToken(BigDecimal.ZERO, BigDecimal.ONE) : before;
        if (values.get("model_ratio") != null)
            price = price.withExpression(null).pricedBy(number(values, "model_ratio", null), null, null, Map.of());
        if (values.get("model_price") != null) {
            BigDecimal each = number(values, "model_price", null);
            boolean second = price.perSecond() != null;
            price = price.withExpression(null).pricedBy(null, second ? null : each, second ? each : null, Map.of());
        }
        BigDecimal write = number(values, "create_cache_ratio", price.cacheWriteRatio());
        price = price.withRatios(
                number(values, "completion_ratio", price.completionRatio()),
                number(values, "cache_ratio", price.cacheReadRatio()),
                write,
                // An hour in the cache costs 1.6 times what five minutes do, where they do not say.
                values.containsKey("create_cache_ratio")
                        ? write.multiply(new BigDecimal("1.6")).setScale(DECIMALS, RoundingMode.HALF_UP)
                        : price.cacheWriteHourRatio());
        OwnRatios own = price.ownOrNone();
        price = price.withOwn(new OwnRatios(
                own.reasoning(),
                number(values, "audio_ratio", own.audioInput()),
                number(values, "audio_completion_ratio", own.audioCompletion()),
                number(values, "image_ratio", own.imageInput()),
                own.imageOutput()));
        return expression == null ? price : price.withExpression(Expression.of(expression));
    }

    private static @Nullable BigDecimal number(
            Map<String, String> values, String field, @Nullable BigDecimal otherwise) {
        String value = values.get(field);
        return value == null ? otherwise : new BigDecimal(value);
    }
}
