package io.tollbook.kernel.channel;

import io.tollbook.kernel.EventName;
import java.time.Instant;

/** Somebody, whom the event's metadata names, has seen the keys in clear. */
@EventName("channel.keys-revealed")
public record ChannelKeysRevealed(ChannelId channel, Instant at) implements ChannelEvent {}
