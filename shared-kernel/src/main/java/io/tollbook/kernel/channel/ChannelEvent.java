package io.tollbook.kernel.channel;

import io.tollbook.kernel.Event;

public sealed interface ChannelEvent extends Event
        permits ChannelCreated,
                ChannelChanged,
                ChannelEnabled,
                ChannelDisabled,
                ChannelDeleted,
                ChannelTested,
                ChannelBalanceTold,
                ChannelModelsCompared,
                ChannelKeyDisabled,
                ChannelKeyEnabled,
                ChannelKeyRetired,
                ChannelKeysRevealed,
                ChannelOutage {
    ChannelId channel();
}
