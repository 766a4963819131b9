package io.tollbook.kernel.channel;

import org.jspecify.annotations.Nullable;

/** Sends one small call to a channel, without charging anybody. The relay does it; commands record it. */
public interface ChannelProbe {
    /** @return how it went, never an exception for an upstream's fault */
    Result probe(Trial trial);

    /** The same with whatever suits the model and a key that is on. */
    default Result probe(ChannelId channel, @Nullable String model, boolean stream) {
        return probe(new Trial(channel, model, null, stream, null));
    }

    /**
     * What is tried.
     *
     * @param model null for the channel's test model, else its first
     * @param endpoint null for the one that suits the model
     * @param key one of the channel's, which may be switched off; null for one that is on, else any
     */
    record Trial(
            ChannelId channel,
            @Nullable String model,
            @Nullable ProbeEndpoint endpoint,
            boolean stream,
            @Nullable KeyPrint key) {}

    /**
     * @param error empty if passed, masked: no address, no key
     * @param key what it was tried with; null if nothing was sent, or without a key
     * @param isTelling whether the failure is one after which a key is switched off, by the site's rules
     */
    record Result(
            String model,
            boolean passed,
            String error,
            long millis,
            @Nullable KeyPrint key,
            boolean isTelling) {
        public Result(String model, boolean passed, String error, long millis) {
            this(model, passed, error, millis, null, false);
        }
    }
}
