package io.tollbook.kernel.account;

/**
 * What an attempt costs us at the provider, whatever the customer pays.
 *
 * @param nanoUsd billionths of a US dollar
 * @param version of the buy prices by which it was reckoned; 0 where none was needed
 */
public record AttemptCost(long nanoUsd, long version, Basis basis) {
    /** It never reached the provider. */
    public static final AttemptCost NOT_SENT = new AttemptCost(0, 0, Basis.NOT_SENT);
    /** The provider refused it and reported no usage. */
    public static final AttemptCost REFUSED = new AttemptCost(0, 0, Basis.REFUSED);

    /** How it is known. */
    public enum Basis {
        NOT_SENT,
        REFUSED,
        /** The usage that the provider reported, at its price. */
        REPORTED,
        /** What we counted of prompt and answer, at its price. */
        ESTIMATED
    }

    public AttemptCost {
        if (nanoUsd < 0) throw new IllegalArgumentException("a cost below zero: " + nanoUsd);
    }
}
