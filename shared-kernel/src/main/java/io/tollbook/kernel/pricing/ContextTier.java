package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Refused;
import java.math.BigDecimal;

/**
 * What a long prompt costs more. The tier applies to the whole call as soon as everything that went in, cached or not, is
 * above the threshold; of several the highest applies. So there is one price for each length, with no gap and no overlap.
 *
 * @param above tokens of the whole prompt
 * @param input factor on every price of the prompt
 * @param output factor on every price of the answer
 */
public record ContextTier(long above, BigDecimal input, BigDecimal output) {
    private static final long ABOVE_MAX = 1_000_000_000L;

    public ContextTier {
        if (above < 1 || above > ABOVE_MAX)
            throw Refused.invalid("The threshold of a tier must lie between 1 and 1,000,000,000 tokens.");
        ModelPrice.check("input factor of the tier above " + above, input);
        ModelPrice.check("output factor of the tier above " + above, output);
    }
}
