package io.tollbook.kernel.channel;

import io.tollbook.kernel.account.Quota;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A channel as lists show it, without its key.
 *
 * @param statusReason why it is disabled; empty if it is not
 * @param statusAt since when it stands so; null since it was made
 * @param used quota that customers were charged for calls it answered
 * @param testMillis how long the last test took; 0 before the first
 * @param testError what was wrong at the last test; empty if nothing was
 * @param balance what its provider said last is left; null if it was never told
 */
public record ChannelSummary(
        ChannelId id,
        ChannelTerms terms,
        ChannelStatus status,
        String statusReason,
        @Nullable Instant statusAt,
        KeyCounts keys,
        Quota used,
        Instant createdAt,
        @Nullable Instant testedAt,
        boolean testPassed,
        long testMillis,
        String testError,
        @Nullable ChannelBalance balance,
        @Nullable Instant balanceAt) {
    /** Of a channel whose balance was never told. */
    public ChannelSummary(
            ChannelId id,
            ChannelTerms terms,
            ChannelStatus status,
            String statusReason,
            @Nullable Instant statusAt,
            KeyCounts keys,
            Quota used,
            Instant createdAt,
            @Nullable Instant testedAt,
            boolean testPassed,
            long testMillis,
            String testError) {
        this(
                id,
                terms,
                status,
                statusReason,
                statusAt,
                keys,
                used,
                createdAt,
                testedAt,
                testPassed,
                testMillis,
                testError,
                null,
                null);
    }
}
