package io.tollbook.kernel.settings;

import io.tollbook.kernel.account.Quota;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Map;

/**
 * What list prices are shown in: US dollars, another currency at the rate that root set, or quota. It changes how a price
 * reads, never what is charged.
 *
 * @param perUsd how many of it one US dollar is
 */
public record DisplayCurrency(String before, String after, BigDecimal perUsd, String pattern) {
    private static final String MONEY = "#,##0.00##########";

    public static final DisplayCurrency USD = new DisplayCurrency("$", "", BigDecimal.ONE, MONEY);

    public static DisplayCurrency of(Map<String, String> options) {
        return switch (Option.QUOTA_DISPLAY_TYPE.text(options)) {
            case "CNY" -> new DisplayCurrency("¥", "", Option.USD_EXCHANGE_RATE.decimal(options), MONEY);
            case "CUSTOM" ->
                new DisplayCurrency(
                        Option.CUSTOM_CURRENCY_SYMBOL.text(options),
                        "",
                        Option.CUSTOM_CURRENCY_RATE.decimal(options),
                        MONEY);
            case "TOKENS" ->
                new DisplayCurrency("", " quota", BigDecimal.valueOf(Quota.UNITS_PER_USD), "#,##0.############");
            default -> USD;
        };
    }

    /** A price as people read it: two decimals at least, twelve at most. */
    public String of(BigDecimal usd) {
        DecimalFormat format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setRoundingMode(RoundingMode.HALF_UP);
        BigDecimal amount = usd.multiply(perUsd);
        return (amount.signum() < 0 ? "-" : "") + before + format.format(amount.abs()) + after;
    }
}
