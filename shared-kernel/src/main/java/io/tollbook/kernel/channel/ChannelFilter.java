package io.tollbook.kernel.channel;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which channels; null leaves a filter out.
 *
 * @param keyword id, part of name, remark or base URL, or one of the channel's keys as a whole
 * @param statuses those that are meant; none for all
 * @param tag exact; empty for channels without one
 */
public record ChannelFilter(
        @Nullable String keyword,
        @Nullable String model,
        @Nullable String group,
        Set<ChannelStatus> statuses,
        @Nullable Integer type,
        @Nullable String tag) {
    public static final ChannelFilter ALL = new ChannelFilter(null, null, null, Set.of(), null, null);

    public ChannelFilter {
        statuses = Set.copyOf(statuses);
    }

    public ChannelFilter withStatuses(ChannelStatus... only) {
        return new ChannelFilter(keyword, model, group, Set.of(only), type, tag);
    }

    public ChannelFilter withTag(@Nullable String only) {
        return new ChannelFilter(keyword, model, group, statuses, type, only);
    }

    public ChannelFilter withType(@Nullable Integer only) {
        return new ChannelFilter(keyword, model, group, statuses, only, tag);
    }

    public ChannelFilter withKeyword(@Nullable String only) {
        return new ChannelFilter(only, model, group, statuses, type, tag);
    }
}
