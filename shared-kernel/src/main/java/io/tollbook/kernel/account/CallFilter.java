package io.tollbook.kernel.account;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.user.UserId;
import java.util.ArrayList;
import java.util.List;
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

    /** Whose calls; null for everybody's. */
    @Nullable
    UserId subject() {
        return account == null ? null : new UserId(account.value());
    }

    /** Without words that may tell of a person: of those only that they were given. */
    List<String> narrowedBy() {
        List<String> words = new ArrayList<>();
        if (hold != null) words.add("call=" + hold.value());
        if (username != null) words.add("username");
        if (model != null) words.add("model=" + model);
        if (channel != null) words.add("channel=" + channel.value());
        return words;
    }

    public static CallFilter of(AccountId account) {
        return new CallFilter(account, null, null, null, null);
    }

    public static CallFilter of(HoldId hold) {
        return new CallFilter(null, hold, null, null, null);
    }
}
