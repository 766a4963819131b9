package io.tollbook.kernel.channel;

import io.tollbook.kernel.EventName;

@EventName("channel.enabled")
public record ChannelEnabled(ChannelId channel) implements ChannelEvent {}
