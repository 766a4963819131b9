package io.tollbook.kernel.pricing;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Prices of tokens that are not plain text, over the input token's price. What is null has no price of its own: then sound
 * and pictures that go in cost what input costs, and thinking, sound and pictures that come out what output costs.
 *
 * @param reasoning thinking
 * @param audioInput sound that goes in
 * @param audioCompletion sound that comes out, over the price of sound that goes in
 * @param imageInput pictures that go in
 * @param imageOutput pictures that come out
 */
public record OwnRatios(
        @Nullable BigDecimal reasoning,
        @Nullable BigDecimal audioInput,
        @Nullable BigDecimal audioCompletion,
        @Nullable BigDecimal imageInput,
        @Nullable BigDecimal imageOutput) {
    public static final OwnRatios NONE = new OwnRatios(null, null, null, null, null);

    public OwnRatios {
        ModelPrice.check("reasoning ratio", reasoning);
        ModelPrice.check("audio ratio", audioInput);
        ModelPrice.check("audio completion ratio", audioCompletion);
        ModelPrice.check("image ratio", imageInput);
        ModelPrice.check("image completion ratio", imageOutput);
    }
}
