package io.tollbook.relay.directory;

import io.tollbook.kernel.account.Quota;

/** What a call costs whose provider reported usage that cannot be. Never more than was held, whatever the site chose. */
public enum ImpossibleUsage {
    /** What its text is estimated to cost. */
    ESTIMATE,
    /** All that was held. */
    HOLD,
    NOTHING;

    static ImpossibleUsage of(String option) {
        return switch (option) {
            case "hold" -> HOLD;
            case "nothing" -> NOTHING;
            default -> ESTIMATE;
        };
    }

    public Quota charge(Quota estimated, Quota held) {
        return switch (this) {
            case ESTIMATE -> estimated.min(held);
            case HOLD -> held;
            case NOTHING -> Quota.ZERO;
        };
    }
}
