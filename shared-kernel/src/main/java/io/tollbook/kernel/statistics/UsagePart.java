package io.tollbook.kernel.statistics;

/** Whose usage it is and of what. What was not told apart is 0 or empty; names are the present ones. */
public record UsagePart(
        long user,
        String username,
        long token,
        String tokenName,
        String group,
        String model,
        long channel,
        String channelName) {}
