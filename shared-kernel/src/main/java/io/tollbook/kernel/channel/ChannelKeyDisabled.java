package io.tollbook.kernel.channel;

import io.tollbook.kernel.EventName;
import java.time.Instant;

@EventName("channel.key-disabled")
public record ChannelKeyDisabled(ChannelId channel, KeyPrint key, boolean automatically, String why, Instant at)
        implements ChannelEvent {}
