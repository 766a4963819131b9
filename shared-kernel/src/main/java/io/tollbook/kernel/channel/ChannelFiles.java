package io.tollbook.kernel.channel;

import java.util.List;

/** Channels as one YAML file, without their keys. */
public interface ChannelFiles {
    String write(List<ChannelSummary> channels);

    /**
     * Reads a file and holds it against the present channels. Everything is checked; nothing is changed.
     *
     * @throws io.tollbook.kernel.Refused INVALID, with the line and the reason
     */
    ChannelPlan read(String yaml, List<ChannelSummary> present);
}
