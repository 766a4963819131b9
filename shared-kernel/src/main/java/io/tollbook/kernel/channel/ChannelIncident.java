package io.tollbook.kernel.channel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a channel by itself.
 *
 * @param position of its event, by which the newest is known
 * @param name of the channel today
 * @param key the beginning of the key's print; null where it is about the whole channel
 */
public record ChannelIncident(
        long position,
        ChannelId channel,
        String name,
        IncidentKind kind,
        @Nullable String key,
        String why,
        Instant at) {}
