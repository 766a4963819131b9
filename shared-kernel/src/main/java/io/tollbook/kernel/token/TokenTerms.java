package io.tollbook.kernel.token;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Quota;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an API key may do.
 *
 * @param expiresAt null for never
 * @param remaining quota it may still spend; null for no limit of its own
 * @param modelsLimited whether only {@code models} may be called
 * @param addresses network addresses or CIDR ranges it may be used from; empty for all
 * @param group price and routing group; empty for the user's own
 */
public record TokenTerms(
        String name,
        @Nullable Instant expiresAt,
        @Nullable Quota remaining,
        boolean modelsLimited,
        List<String> models,
        List<String> addresses,
        String group,
        boolean crossGroupRetry) {
    public static final int NAME_MAX = 50;

    public TokenTerms {
        name = name.strip();
        if (name.length() > NAME_MAX) throw Refused.invalid("The name is longer than " + NAME_MAX + " characters.");
        if (remaining != null) remaining.checked("quota of the key");
        models = List.copyOf(models);
        addresses = List.copyOf(addresses);
    }
}
