package io.tollbook.console.pricing;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.ContextTier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lists of prices as text, one a line: quick to read, to paste and to change many at once. */
final class PricedLines {
    private PricedLines() {}

    static String write(Map<String, BigDecimal> prices) {
        return String.join(
                "\n",
                new TreeMap<>(prices)
                        .entrySet().stream()
                                .map(one -> one.getKey() + " = "
                                        + Rates.plain(one.getValue()).toPlainString())
                                .toList());
    }

    /** @param example a line as it should be */
    static Map<String, BigDecimal> read(String text, String example) {
        Map<String, BigDecimal> prices = new TreeMap<>();
        for (String line : text.split("\n")) {
            if (line.isBlank()) continue;
            String[] sides = sides(line, example);
            if (prices.put(sides[0], number(sides[1])) != null)
                throw Refused.invalid("“" + sides[0] + "” stands twice.");
        }
        return prices;
    }

    static String[] sides(String line, String example) {
        String[] sides = line.split("=", 2);
        if (sides.length < 2 || sides[0].isBlank() || sides[1].isBlank())
            throw Refused.invalid("A line looks like: " + example + ". This one does not: " + line);
        return new String[] {sides[0].strip(), sides[1].strip()};
    }

    static BigDecimal number(String text) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw Refused.invalid("“" + text.strip() + "” is not a number.");
        }
    }

    static String writeTiers(List<ContextTier> tiers) {
        return String.join(
                "\n",
                tiers.stream()
                        .map(tier ->
                                tier.above() + " = " + Rates.plain(tier.input()).toPlainString() + " / "
                                        + Rates.plain(tier.output()).toPlainString())
                        .toList());
    }

    static List<ContextTier> readTiers(String text) {
        String example = "200000 = 2 / 1.5";
        List<ContextTier> tiers = new ArrayList<>();
        for (String line : text.split("\n")) {
            if (line.isBlank()) continue;
            String[] sides = sides(line, example);
            String[] factors = sides[1].split("/", 2);
            if (factors.length < 2 || !sides[0].matches("\\d{1,10}"))
                throw Refused.invalid("A line looks like: " + example + ". This one does not: " + line);
            tiers.add(new ContextTier(Long.parseLong(sides[0]), number(factors[0]), number(factors[1])));
        }
        tiers.sort(Comparator.comparingLong(ContextTier::above));
        return tiers;
    }
}
