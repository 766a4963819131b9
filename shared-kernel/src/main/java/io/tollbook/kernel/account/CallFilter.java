package io.tollbook.kernel.account;

import io.tollbook.kernel.channel.ChannelId;
import org.jspecify.annotations.Nullable;

/**
 * Narrows a list of calls; null leaves a filter out.
 *
 * @param username exact, or with {@code %} for anything
 * @param model exact, or with {@code %} for anything
 */
public record CallFilter(
        @Nullable AccountId account,
        @Nullable HoldId hold,
        @Nullable String username,
        @Nullable String model,
        @Nullable ChannelId channel) {
    public static final CallFilter ALL = new CallFilter(null, null, null, null, null);

    public static CallFilter of(AccountId account) {
        return new CallFilter(account, null, null, null, null);
    }

    public static CallFilter of(HoldId hold) {
        return new CallFilter(null, hold, null, null, null);
    }
}
