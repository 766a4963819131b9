package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Refused;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The price of one model. A ratio of 1 is 1 quota a token, which is 2 USD a million.
 *
 * @param inputRatio quota per input token; null if the model is priced per call
 * @param completionRatio output token's price over input token's
 * @param cacheReadRatio cached token's price over input token's
 * @param cacheWriteRatio five-minute cache write's price over input token's
 * @param cacheWriteHourRatio one-hour cache write's price over input token's
 * @param perCall USD a call; null if the model is priced by tokens
 * @param maxOutputTokens the most the model can answer, for holds; null for the site's default
 */
public record ModelPrice(
        @Nullable BigDecimal inputRatio,
        BigDecimal completionRatio,
        BigDecimal cacheReadRatio,
        BigDecimal cacheWriteRatio,
        BigDecimal cacheWriteHourRatio,
        @Nullable BigDecimal perCall,
        @Nullable Integer maxOutputTokens) {
    /** No ratio or price may be above this: 1,000,000. */
    public static final BigDecimal RATIO_MAX = new BigDecimal(1_000_000);

    public ModelPrice {
        if ((inputRatio == null) == (perCall == null))
            throw Refused.invalid("A model is priced either by tokens or per call.");
        check("model ratio", inputRatio);
        check("completion ratio", completionRatio);
        check("cache ratio", cacheReadRatio);
        check("cache creation ratio", cacheWriteRatio);
        check("one-hour cache creation ratio", cacheWriteHourRatio);
        check("price per call", perCall);
        if (maxOutputTokens != null && (maxOutputTokens < 1 || maxOutputTokens > 10_000_000))
            throw Refused.invalid("The longest answer must lie between 1 and 10,000,000 tokens.");
    }

    /** A model priced by tokens with the usual cache prices: reads at the input price, writes at 1.25 and 2. */
    public static ModelPrice perToken(BigDecimal inputRatio, BigDecimal completionRatio) {
        return new ModelPrice(
                inputRatio, completionRatio, BigDecimal.ONE, new BigDecimal("1.25"), new BigDecimal("2"), null, null);
    }

    static void check(String field, @Nullable BigDecimal ratio) {
        if (ratio == null) return;
        if (ratio.signum() < 0 || ratio.compareTo(RATIO_MAX) > 0)
            throw Refused.invalid("The " + field + " must lie between 0 and 1,000,000.");
        if (ratio.scale() > 12) throw Refused.invalid("The " + field + " has more than 12 decimals.");
    }
}
