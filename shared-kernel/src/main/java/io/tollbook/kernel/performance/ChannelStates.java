package io.tollbook.kernel.performance;

import io.tollbook.kernel.channel.ChannelId;
import java.util.Map;

/** How channels are, as this node sees it. The relay knows. */
public interface ChannelStates {
    /** Of each channel that this node has called since it started, or since its rules were changed. */
    Map<ChannelId, ChannelState> now();
}
