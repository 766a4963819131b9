package io.tollbook.kernel.channel;

import io.tollbook.kernel.EventName;
import java.time.Instant;

/**
 * A node's circuit breaker for a channel opened or closed.
 *
 * @param out whether the node passes the channel over from now on
 * @param why which share of how many calls failed, and how the last one did
 */
@EventName("channel.outage")
public record ChannelOutage(ChannelId channel, String node, boolean out, String why, Instant at)
        implements ChannelEvent {}
