package io.tollbook.kernel.channel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a channel's provider has told of itself last.
 *
 * @param balance null if it was never told
 * @param comparedAt when the difference was last another one; null if none was ever seen
 */
public record ChannelUpstream(
        ChannelId channel,
        @Nullable ChannelBalance balance,
        @Nullable Instant balanceAt,
        ModelDifference difference,
        @Nullable Instant comparedAt) {}
