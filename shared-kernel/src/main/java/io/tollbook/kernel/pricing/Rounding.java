package io.tollbook.kernel.pricing;

import java.math.RoundingMode;

/** How a charge becomes a whole number, once. */
public enum Rounding {
    HALF_AWAY_FROM_ZERO(RoundingMode.HALF_UP),
    UP(RoundingMode.UP);

    private final RoundingMode mode;

    Rounding(RoundingMode mode) {
        this.mode = mode;
    }

    RoundingMode mode() {
        return mode;
    }
}
