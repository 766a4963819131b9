package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Meter;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    /** In the order of their meters. */
    static Set<Meter> meters() {
        return TOOLS.keySet();
    }

    /** USD for a thousand uses; null if the tool costs nothing. */
    static @Nullable BigDecimal price(Map<String, BigDecimal> prices, Meter meter, String model) {
        String name = name(prices, meter, model);
        return name == null ? null : prices.get(name);
    }

    /** The name of the price that counts; null if the tool costs nothing. */
    static @Nullable String name(Map<String, BigDecimal> prices, Meter meter, String model) {
        String tool = TOOLS.get(meter);
        String own = tool + ":";
        if (prices.containsKey(own + model)) return own + model;
        String best = prices.containsKey(tool) ? tool : null;
        int length = 0;
        for (String name : prices.keySet()) {
            if (name.length() <= length || !name.startsWith(own) || !name.endsWith("*")) continue;
            if (!model.startsWith(name.substring(own.length(), name.length() - 1))) continue;
            best = name;
            length = name.length();
        }
        return best;
    }

    /** The prices that count for one of these models at least. */
    static Map<String, BigDecimal> of(Map<String, BigDecimal> prices, Collection<String> models) {
        Map<String, BigDecimal> counting = new TreeMap<>();
        for (String model : models)
            for (Meter meter : meters()) {
                String name = name(prices, meter, model);
                if (name != null) counting.put(name, prices.get(name));
            }
        return counting;
    }
}
