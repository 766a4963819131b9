package io.tollbook.command.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.token.TokenTerms;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The management API's key object as it comes in. What is absent keeps its value, or its default on a new key. */
record TokenForm(
        @Nullable Long id,
        @Nullable String name,
        @Nullable Integer status,
        @JsonProperty("expired_time") @Nullable Long expiredTime,
        @JsonProperty("remain_quota") @Nullable Long remainQuota,
        @JsonProperty("unlimited_quota") @Nullable Boolean unlimitedQuota,
        @JsonProperty("model_limits_enabled") @Nullable Boolean modelLimitsEnabled,
        @JsonProperty("model_limits") @Nullable String modelLimits,
        @JsonProperty("allow_ips") @Nullable String allowIps,
        @Nullable String group,
        @JsonProperty("cross_group_retry") @Nullable Boolean crossGroupRetry) {
    private static final long NEVER = -1;
    /** The end of the year 9999, in Unix seconds. */
    private static final long MOMENT_MAX = 253_402_300_799L;

    private static final TokenTerms FRESH =
            new TokenTerms("", null, Quota.ZERO, false, List.of(), List.of(), "", false);

    TokenTerms terms() {
        return terms(FRESH);
    }

    TokenTerms terms(TokenTerms before) {
        return new TokenTerms(
                name == null ? before.name() : name,
                expiry(before.expiresAt()),
                remaining(before.remaining()),
                modelLimitsEnabled == null ? before.modelsLimited() : modelLimitsEnabled,
                modelLimits == null ? before.models() : parts(modelLimits, ","),
                allowIps == null ? before.addresses() : parts(allowIps, "[\n,]"),
                group == null ? before.group() : group.strip(),
                crossGroupRetry == null ? before.crossGroupRetry() : crossGroupRetry);
    }

    private @Nullable Instant expiry(@Nullable Instant before) {
        if (expiredTime == null) return before;
        if (expiredTime == NEVER) return null;
        if (expiredTime < 0 || expiredTime > MOMENT_MAX)
            throw Refused.invalid("expired_time must be -1 or a moment in Unix seconds.");
        return Instant.ofEpochSecond(expiredTime);
    }

    private @Nullable Quota remaining(@Nullable Quota before) {
        boolean unlimited = unlimitedQuota == null ? before == null : unlimitedQuota;
        if (unlimited) return null;
        if (remainQuota != null) return Quota.of(remainQuota).checked("remain_quota");
        // A key can owe a little where a provider reported more than was foreseen; as a limit that is nothing.
        return before == null || before.isNegative() ? Quota.ZERO : before;
    }

    private static List<String> parts(String text, String separator) {
        return Arrays.stream(text.split(separator))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .distinct()
                .toList();
    }
}
