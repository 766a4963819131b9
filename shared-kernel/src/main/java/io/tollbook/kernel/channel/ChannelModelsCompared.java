package io.tollbook.kernel.channel;

import io.tollbook.kernel.EventName;
import java.time.Instant;
import java.util.List;

/**
 * The channel's models differ from its provider's otherwise than before.
 *
 * @param added what the provider has and the channel does not serve
 * @param removed what the channel serves and the provider does not have
 */
@EventName("channel.models-compared")
public record ChannelModelsCompared(ChannelId channel, List<String> added, List<String> removed, Instant at)
        implements ChannelEvent {}
