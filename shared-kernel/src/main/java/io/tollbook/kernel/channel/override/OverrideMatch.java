package io.tollbook.kernel.channel.override;

import java.util.Locale;
import java.util.Optional;

/** How a value is compared. The last four are for numbers. */
public enum OverrideMatch {
    FULL,
    PREFIX,
    SUFFIX,
    CONTAINS,
    GT,
    GTE,
    LT,
    LTE;

    public boolean isOfNumbers() {
        return ordinal() >= GT.ordinal();
    }

    static Optional<OverrideMatch> of(String word) {
        for (OverrideMatch match : values())
            if (match.name().toLowerCase(Locale.ROOT).equals(word)) return Optional.of(match);
        return Optional.empty();
    }
}
