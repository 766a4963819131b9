package io.tollbook.relay.routing;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.Route;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.shaping.ChannelShape;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A channel ready to be called, its keys in clear in memory only. */
public record Target(ChannelId channel, ChannelTerms terms, boolean enabled, List<String> keys, ChannelShape shape) {
    public Target(ChannelId channel, ChannelTerms terms, boolean enabled, List<String> keys) {
        this(channel, terms, enabled, keys, ChannelShape.of(terms));
    }

    public static Target of(Route route, String keys) {
        return new Target(
                route.channel(),
                route.terms(),
                route.status() == ChannelStatus.ENABLED,
                keys.lines().map(String::strip).filter(key -> !key.isEmpty()).toList());
    }

    /** One of the keys; empty if there is none. */
    public String key() {
        return keys.isEmpty() ? "" : keys.get(ThreadLocalRandom.current().nextInt(keys.size()));
    }

    public boolean isDemo() {
        return terms.type() == ChannelType.DEMO.number();
    }

    /** The dialects its provider speaks with a model, the best first. */
    public List<Vendor> speaks(String upstreamModel) {
        return Spoken.by(ChannelType.of(terms.type()), upstreamModel);
    }

    /** The address before {@code /v1}. */
    public String baseUrl() {
        return terms.baseUrl().isEmpty() ? ChannelType.of(terms.type()).baseUrl() : terms.baseUrl();
    }

    @Override
    public String toString() {
        return channel.toString();
    }
}
