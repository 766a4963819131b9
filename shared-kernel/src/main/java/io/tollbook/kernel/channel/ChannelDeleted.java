package io.tollbook.kernel.channel;

import io.tollbook.kernel.EventName;

@EventName("channel.deleted")
public record ChannelDeleted(ChannelId channel) implements ChannelEvent {}
