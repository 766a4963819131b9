package io.tollbook.relay.routing;

import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.channel.KeyRetirement;
import io.tollbook.kernel.channel.KeySwitch;
import io.tollbook.kernel.channel.Route;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.shaping.ChannelShape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A channel ready to be called.
 *
 * @param keys those that are switched on
 * @param keysOff those that are not, for tests
 */
public record Target(
        ChannelId channel,
        ChannelTerms terms,
        boolean enabled,
        List<ProviderKey> keys,
        List<ProviderKey> keysOff,
        ChannelShape shape,
        ChannelLimits limits) {
    private static final ProviderKey NO_KEY = new ProviderKey(new KeyPrint("0".repeat(32)), "", null);

    public Target(
            ChannelId channel, ChannelTerms terms, boolean enabled, List<ProviderKey> keys, List<ProviderKey> keysOff) {
        this(channel, terms, enabled, keys, keysOff, ChannelShape.of(terms), ChannelLimits.of(terms));
    }

    /** @param keys all of the channel's in clear, by their prints */
    public static Target of(Route route, Map<KeyPrint, String> keys) {
        Set<KeyPrint> off = route.off().stream().map(KeySwitch::key).collect(toSet());
        Map<KeyPrint, Long> lastMillis = route.retirements().stream()
                .collect(toMap(KeyRetirement::key, retirement -> retirement.at().toEpochMilli()));
        Map<Boolean, List<ProviderKey>> byUse = keys.entrySet().stream()
                .map(key -> new ProviderKey(key.getKey(), key.getValue(), lastMillis.get(key.getKey())))
                .collect(partitioningBy(key -> off.contains(key.print())));
        return new Target(
                route.channel(),
                route.terms(),
                route.status() == ChannelStatus.ENABLED,
                // The demo provider asks for none, and what has no keys at all has none to be told apart.
                keys.isEmpty() ? List.of(NO_KEY) : byUse.get(false),
                byUse.get(true));
    }

    /** The key to test it with: one in use, else one that is not. */
    public ProviderKey testKey() {
        return Stream.concat(keys.stream(), keysOff.stream())
                .filter(key -> !key.isRetired())
                .findFirst()
                .orElse(NO_KEY);
    }

    /** One of its keys, whether it is on or off; null if it is gone. */
    public @Nullable ProviderKey key(KeyPrint print) {
        return Stream.concat(keys.stream(), keysOff.stream())
                .filter(key -> key.print().equals(print))
                .findFirst()
                .orElse(null);
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
