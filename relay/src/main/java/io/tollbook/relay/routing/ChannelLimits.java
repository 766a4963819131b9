package io.tollbook.relay.routing;

import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.relay.shaping.ChannelShape;
import tools.jackson.databind.JsonNode;

/**
 * How much a channel and each of its keys take at once and per minute, from {@code settings} of its terms; 0 for no limit.
 * They count on this node, and each node has its share.
 *
 * @param polls whether keys take turns, rather than are drawn
 */
public record ChannelLimits(int concurrency, int perMinute, int keyConcurrency, int keyPerMinute, boolean polls) {
    public static ChannelLimits of(ChannelTerms terms) {
        JsonNode settings = ChannelShape.parsed(terms.extra().get("settings"));
        return new ChannelLimits(
                number(settings, "max_concurrency"),
                number(settings, "requests_per_minute"),
                number(settings, "key_max_concurrency"),
                number(settings, "key_requests_per_minute"),
                "polling".equals(terms.extra().get("multi_key_mode")));
    }

    private static int number(JsonNode settings, String name) {
        return Math.max(0, settings.path(name).asInt(0));
    }
}
