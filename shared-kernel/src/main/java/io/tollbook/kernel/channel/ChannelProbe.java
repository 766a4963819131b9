package io.tollbook.kernel.channel;

import org.jspecify.annotations.Nullable;

/** Sends one small call to a channel, without charging anybody. The relay does it; commands record it. */
public interface ChannelProbe {
    /**
     * @param model null for the channel's test model, else its first
     * @return how it went, never an exception for an upstream's fault
     */
    Result probe(ChannelId channel, @Nullable String model, boolean stream);

    /** @param error empty if passed, masked: no address, no key */
    record Result(String model, boolean passed, String error, long millis) {}
}
