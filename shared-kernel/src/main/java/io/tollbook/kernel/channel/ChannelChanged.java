package io.tollbook.kernel.channel;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.secret.Sealed;
import org.jspecify.annotations.Nullable;

/** @param key null if the key stayed */
@EventName("channel.changed")
public record ChannelChanged(
        ChannelId channel, ChannelTerms terms, @Nullable Sealed key) implements ChannelEvent {}
