package io.tollbook.kernel.channel;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.secret.Sealed;
import java.time.Instant;

/** @param key the provider's key or keys, one per line, sealed under the channel's own key */
@EventName("channel.created")
public record ChannelCreated(ChannelId channel, ChannelTerms terms, Sealed key, Instant at) implements ChannelEvent {}
