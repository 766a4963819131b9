package io.tollbook.kernel.channel;

import io.tollbook.kernel.EventName;
import java.time.Instant;

@EventName("channel.key-enabled")
public record ChannelKeyEnabled(ChannelId channel, KeyPrint key, Instant at) implements ChannelEvent {}
