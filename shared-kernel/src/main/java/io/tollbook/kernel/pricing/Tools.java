package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Meter;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What tools cost on top of tokens, in USD for a thousand uses. A price is named by the tool, or by the tool and a model with
 * or without a star, like {@code web_search_preview:gpt-4o*}; the longest name that fits counts.
 */
final class Tools {
    private static final int PRICES_MAX = 1_000;
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,64}(:[^\\p{Cntrl}:*]{1,255}\\*?)?");
    private static final Map<Meter, String> TOOLS = new EnumMap<>(Map.of(
            Meter.WEB_SEARCH, "web_search",
            Meter.WEB_SEARCH_PREVIEW, "web_search_preview",
            Meter.FILE_SEARCH, "file_search",
            Meter.GOOGLE_SEARCH, "google_search"));

    private Tools() {}

    static void check(Map<String, BigDecimal> prices) {
        if (prices.size() > PRICES_MAX) throw Refused.invalid("There are more than " + PRICES_MAX + " tool prices.");
        prices.forEach((name, price) -> {
            if (!NAME.matcher(name).matches())
                throw Refused.invalid(
                        "A tool's price is named like web_search or web_search:gpt-4o*, not " + name + ".");
            ModelPrice.check("price of the tool " + name, price);
        });
    }

    static boolean isTool(Meter meter) {
        return TOOLS.containsKey(meter);
    }

    /** USD for a thousand uses; null if the tool costs nothing. */
    static @Nullable BigDecimal price(Map<String, BigDecimal> prices, Meter meter, String model) {
        String own = TOOLS.get(meter) + ":";
        BigDecimal best = prices.get(own + model);
        if (best != null) return best;
        best = prices.get(TOOLS.get(meter));
        int length = 0;
        for (Map.Entry<String, BigDecimal> entry : prices.entrySet()) {
            String name = entry.getKey();
            if (name.length() <= length || !name.startsWith(own) || !name.endsWith("*")) continue;
            if (!model.startsWith(name.substring(own.length(), name.length() - 1))) continue;
            best = entry.getValue();
            length = name.length();
        }
        return best;
    }
}
