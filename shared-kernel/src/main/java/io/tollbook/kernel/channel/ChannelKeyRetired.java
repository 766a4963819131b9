package io.tollbook.kernel.channel;

import io.tollbook.kernel.EventName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** @param until when it is used for the last time; null if it stays after all */
@EventName("channel.key-retired")
public record ChannelKeyRetired(
        ChannelId channel, KeyPrint key, @Nullable Instant until, Instant at) implements ChannelEvent {}
