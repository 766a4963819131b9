package io.tollbook.kernel.channel;

import org.jspecify.annotations.Nullable;

/**
 * A channel that is to be changed.
 *
 * @param before its terms as whoever wants the change has seen them
 * @param after its terms to be; the same to leave them
 * @param enabled whether it is to be in routing; null leaves it as it is
 */
public record ChannelChange(
        ChannelId channel,
        ChannelTerms before,
        ChannelTerms after,
        @Nullable Boolean enabled) {
    public ChannelChange(ChannelId channel, ChannelTerms before, ChannelTerms after) {
        this(channel, before, after, null);
    }

    /** Takes it back. */
    public ChannelChange reversed() {
        return new ChannelChange(channel, after, before, enabled == null ? null : !enabled);
    }
}
