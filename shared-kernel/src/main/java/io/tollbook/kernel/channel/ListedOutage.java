package io.tollbook.kernel.channel;

import java.time.Instant;

/** That a node passes a channel over. */
public record ListedOutage(ChannelId channel, String node, String why, Instant since) {}
