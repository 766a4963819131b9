package io.tollbook.console.pricing;

import io.tollbook.console.page.Amounts;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.pricing.Charge;
import io.tollbook.kernel.pricing.Rounding;
import io.tollbook.kernel.pricing.expression.Fraction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A charge as people follow it, a line for each step of the sum. */
public final class ChargeSteps {
    private static final BigDecimal QUOTA_PER_USD = BigDecimal.valueOf(Quota.UNITS_PER_USD);
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

    /** One line of the sum. */
    public record Step(String what, String sum, String result) {}

    private ChargeSteps() {}

    public static List<Step> of(Charge charge) {
        List<Step> steps = new ArrayList<>();
        for (Charge.Line line : charge.lines()) steps.add(new Step(subject(line), sum(line), quota(line.amount())));
        if (charge.tier() != null) steps.add(new Step("Tier", tierName(charge.tier()), ""));
        if (charge.lines().size() > 1) steps.add(new Step("Together", "at list price", quota(charge.list())));
        steps.add(new Step("× group ratio", Amounts.decimal(charge.groupRatio()), quota(charge.exact())));
        steps.add(new Step(
                "Charged",
                "rounded once, " + roundingName(charge.rounding()),
                Amounts.number(charge.result().units()) + " quota = " + Amounts.usd(charge.result())));
        return steps;
    }

    private static String subject(Charge.Line line) {
        return switch (line.subject()) {
            case CALL -> "One call";
            case FORMULA -> "Expression";
            default -> line.meter() == null ? "" : meterName(line.meter());
        };
    }

    private static String sum(Charge.Line line) {
        BigDecimal dollars = line.price().divide(QUOTA_PER_USD);
        String count = Amounts.number(line.count()) + " × $";
        return switch (line.subject()) {
            case TOKENS -> count + Amounts.decimal(dollars.multiply(MILLION)) + " per 1M";
            case TOOL -> count + Amounts.decimal(dollars.multiply(THOUSAND)) + " per 1,000";
            case SECONDS, PICTURES -> count + Amounts.decimal(dollars);
            case CALL -> "$" + Amounts.decimal(dollars);
            case FORMULA -> "over all counts";
        };
    }

    private static String quota(Fraction amount) {
        return Amounts.decimal(amount.shown()) + " quota";
    }

    private static String tierName(String tier) {
        return tier.matches("above \\d+")
                ? "more than " + Amounts.number(Long.parseLong(tier.substring(6))) + " tokens in"
                : tier;
    }

    private static String roundingName(Rounding rounding) {
        return switch (rounding) {
            case HALF_AWAY_FROM_ZERO -> "half up";
            case UP -> "up";
        };
    }

    public static String meterName(Meter meter) {
        return switch (meter) {
            case INPUT -> "Input";
            case CACHE_READ -> "Cache read";
            case CACHE_WRITE_5M -> "Cache write, 5 min";
            case CACHE_WRITE_1H -> "Cache write, 1 h";
            case OUTPUT -> "Output";
            case REASONING -> "Thinking";
            case AUDIO_INPUT -> "Audio input";
            case AUDIO_OUTPUT -> "Audio output";
            case IMAGE_INPUT -> "Image input";
            case IMAGE_OUTPUT -> "Image output";
            case WEB_SEARCH -> "Web searches";
            case FILE_SEARCH -> "File searches";
            case WEB_SEARCH_PREVIEW -> "Web searches, preview";
            case GOOGLE_SEARCH -> "Google searches";
            case SECONDS -> "Seconds";
            case PICTURES -> "Pictures";
        };
    }
}
