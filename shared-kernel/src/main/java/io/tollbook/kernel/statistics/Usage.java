package io.tollbook.kernel.statistics;

import io.tollbook.kernel.account.Quota;

/** How much was used. */
public record Usage(long calls, long tokensIn, long tokensOut, Quota quota) {
    public static final Usage NONE = new Usage(0, 0, 0, Quota.ZERO);

    public long tokens() {
        return tokensIn + tokensOut;
    }

    public Usage plus(Usage other) {
        return new Usage(
                calls + other.calls, tokensIn + other.tokensIn, tokensOut + other.tokensOut, quota.plus(other.quota));
    }
}
