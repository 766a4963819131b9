package io.tollbook.kernel.channel;

import io.tollbook.kernel.EventName;

@EventName("channel.disabled")
public record ChannelDisabled(ChannelId channel, boolean automatically, String why) implements ChannelEvent {}
