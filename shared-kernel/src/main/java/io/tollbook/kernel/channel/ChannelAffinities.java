package io.tollbook.kernel.channel;

import java.util.List;

/** What this node remembers of where conversations are at home. The relay keeps it. */
public interface ChannelAffinities {
    List<AffinityCounts> counts();

    /** How many conversations have a place. */
    long remembered();

    void forget();

    /** @return how many of this rule were forgotten */
    long forget(String rule);
}
