package io.tollbook.kernel.settings;

import io.tollbook.kernel.Refused;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What an option can be set to. */
record OptionRange(Option.Kind kind, long least, long most, Set<String> choices) {
    private static final BigDecimal DECIMAL_MAX = new BigDecimal("1000000000");
    private static final int DECIMALS_MAX = 12;

    /** The value in its stored form, or a refusal that says what is allowed. */
    String checked(String key, String value) {
        String text = value.strip();
        switch (kind) {
            case TEXT -> {
                return value;
            }
            case CHOICE -> {
                if (choices.contains(text)) return text;
                throw Refused.invalid(key + " must be one of " + String.join(", ", new TreeSet<>(choices)) + ".");
            }
            case SWITCH -> {
                String lower = text.toLowerCase(Locale.ROOT);
                if (!lower.equals("true") && !lower.equals("false"))
                    throw Refused.invalid(key + " must be true or false.");
                return lower;
            }
            case DECIMAL -> {
                return checkedDecimal(key, text);
            }
            case NUMBER -> {
                try {
                    long number = new BigDecimal(text).longValueExact();
                    if (number >= least && number <= most) return Long.toString(number);
                } catch (ArithmeticException | NumberFormatException e) {
                    // Falls through to the same refusal as a number out of range.
                }
                throw Refused.invalid(key + " must be a whole number between " + least + " and " + most + ".");
            }
        }
        throw new IllegalStateException();
    }

    private static String checkedDecimal(String key, String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            if (number.signum() > 0 && number.compareTo(DECIMAL_MAX) <= 0 && number.scale() <= DECIMALS_MAX)
                return number.toPlainString();
        } catch (NumberFormatException e) {
            // Falls through to the same refusal as a number out of range.
        }
        throw Refused.invalid(
                key + " must be a number above 0, at most 1,000,000,000, with at most " + DECIMALS_MAX + " decimals.");
    }
}
