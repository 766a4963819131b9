package io.tollbook.kernel.channel;

import io.tollbook.kernel.EventName;
import java.time.Instant;

@EventName("channel.tested")
public record ChannelTested(ChannelId channel, String model, boolean passed, String error, long millis, Instant at)
        implements ChannelEvent {}
