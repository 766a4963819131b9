package io.tollbook.query.pricing;

import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceDocument;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A price document as the management API's option maps, which write it too. */
public final class PriceMaps {
    private PriceMaps() {}

    /** By option key. */
    public static Map<String, Object> of(PriceDocument document) {
        Map<String, Object> maps = new LinkedHashMap<>();
        maps.put("ModelRatio", models(document, ModelPrice::inputRatio));
        maps.put("ModelPrice", models(document, PriceMaps::byThePiece));
        maps.put("CompletionRatio", models(document, ModelPrice::completionRatio));
        maps.put("CacheRatio", models(document, ModelPrice::cacheReadRatio));
        maps.put("CreateCacheRatio", models(document, ModelPrice::cacheWriteRatio));
        maps.put("ImageRatio", models(document, price -> price.ownOrNone().imageInput()));
        maps.put("AudioRatio", models(document, price -> price.ownOrNone().audioInput()));
        maps.put(
                "AudioCompletionRatio",
                models(document, price -> price.ownOrNone().audioCompletion()));
        maps.put("GroupRatio", new TreeMap<>(document.groups()));
        maps.put("GroupGroupRatio", new TreeMap<>(document.groupOverrides()));
        maps.put("tool_price_setting.prices", new TreeMap<>(document.tools()));
        maps.put(
                "billing_setting.billing_mode",
                models(document, price -> price.expression() == null ? null : "tiered_expr"));
        maps.put("billing_setting.billing_expr", models(document, PriceMaps::expression));
        return maps;
    }

    static @Nullable BigDecimal byThePiece(ModelPrice price) {
        return price.perCall() != null ? price.perCall() : price.perSecond();
    }

    static @Nullable String expression(ModelPrice price) {
        return price.expression() == null ? null : price.expression().text();
    }

    static <T> Map<String, T> models(PriceDocument document, Function<ModelPrice, @Nullable T> part) {
        Map<String, T> values = new TreeMap<>();
        document.models().forEach((model, price) -> {
            T value = part.apply(price);
            if (value != null) values.put(model, value);
        });
        return values;
    }
}
