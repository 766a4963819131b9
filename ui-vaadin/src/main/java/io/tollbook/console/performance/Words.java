package io.tollbook.console.performance;

import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Moments;
import io.tollbook.kernel.performance.Durations;
import io.tollbook.kernel.performance.LoadFigure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Rates, lengths and sizes as people read them. */
final class Words {
    static final String NOTHING = "–";
    private static final BigDecimal MEGABYTE = BigDecimal.valueOf(1024 * 1024);

    private Words() {}

    /** Rounded down: what is not all is never said to be 100 %. */
    static String percent(OptionalDouble share) {
        if (share.isEmpty()) return NOTHING;
        return Amounts.decimal(BigDecimal.valueOf(share.getAsDouble())
                        .movePointRight(2)
                        .setScale(2, RoundingMode.DOWN))
                + " %";
    }

    static String length(Durations durations, int percent) {
        OptionalLong millis = durations.percentile(percent);
        return millis.isEmpty() ? NOTHING : Moments.length(millis.getAsLong());
    }

    static String perSecond(OptionalDouble rate) {
        if (rate.isEmpty()) return NOTHING;
        int digits = rate.getAsDouble() < 10 ? 1 : 0;
        return Amounts.decimal(BigDecimal.valueOf(rate.getAsDouble()).setScale(digits, RoundingMode.HALF_UP)) + "/s";
    }

    static String value(LoadFigure figure, OptionalDouble value) {
        if (value.isEmpty()) return NOTHING;
        BigDecimal number = BigDecimal.valueOf(value.getAsDouble());
        return switch (figure.unit()) {
            case PERCENT -> Amounts.decimal(number.setScale(1, RoundingMode.HALF_UP)) + " %";
            case BYTES -> Amounts.decimal(number.divide(MEGABYTE, 0, RoundingMode.HALF_UP)) + " MB";
            case COUNT -> Amounts.decimal(number.setScale(0, RoundingMode.HALF_UP));
        };
    }
}
