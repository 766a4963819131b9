package io.tollbook.relay.probe;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelBalance;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.ProviderAccounts;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.relay.dialect.Dialects;
import io.tollbook.relay.dialect.UpstreamErrors;
import io.tollbook.relay.directory.Channels;
import io.tollbook.relay.directory.SiteOptions;
import io.tollbook.relay.fetch.GuardedFetch;
import io.tollbook.relay.routing.Target;
import io.tollbook.relay.shaping.ClientHeaders;
import io.tollbook.relay.upstream.Upstream;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Asks providers about accounts, a channel's on the way its calls take. */
@Component
final class HttpProviderAccounts implements ProviderAccounts {
    private static final int ANSWER_BYTES_MAX = 10 * 1024 * 1024;
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final GuardedFetch.Purpose GUARDED =
            new GuardedFetch.Purpose(true, "The provider", "application/json", ANSWER_BYTES_MAX, WAIT_NANOS);

    private final Upstream upstream;
    private final GuardedFetch fetch;
    private final Channels channels;
    private final Dialects dialects;
    private final SiteOptions options;

    HttpProviderAccounts(
            Upstream upstream, GuardedFetch fetch, Channels channels, Dialects dialects, SiteOptions options) {
        this.upstream = upstream;
        this.fetch = fetch;
        this.channels = channels;
        this.dialects = dialects;
        this.options = options;
    }

    @Override
    public ChannelBalance balance(ChannelId channel) {
        Target target = target(channel);
        if (target.keys().size() + target.keysOff().size() > 1)
            throw ProviderAnswers.failed("The channel has several keys, and each may have a balance of its own.");
        return BalanceReader.read(type(target), path -> ask(target, path), LocalDate.now(ZoneOffset.UTC));
    }

    @Override
    public List<String> models(ChannelId channel) {
        Target target = target(channel);
        // The built-in provider has those that its channel names.
        if (target.isDemo()) return target.terms().models();
        return ModelNames.read(type(target), path -> ask(target, path));
    }

    @Override
    public List<String> models(int type, String baseUrl, Secret key) {
        ChannelType known = ChannelType.of(type);
        String address = baseUrl.isBlank() ? known.baseUrl() : baseUrl.strip();
        while (address.endsWith("/")) address = address.substring(0, address.length() - 1);
        if (address.isEmpty()) throw Refused.invalid("base_url is missing: this type of channel has none of its own.");
        Map<String, String> headers =
                dialects.of(ModelNames.vendor(known)).headers(key.reveal().strip());
        String base = address;
        return ModelNames.read(
                known,
                path -> ProviderAnswers.read(
                        fetch.get(base + path, GUARDED, headers, read -> {}).bytes()));
    }

    private Target target(ChannelId channel) {
        return channels.table()
                .channel(channel)
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND, "There is no such channel."));
    }

    private static ChannelType type(Target target) {
        return ChannelType.of(target.terms().type());
    }

    private JsonNode ask(Target target, String path) {
        String key = target.testKey().clear();
        Map<String, String> headers =
                new HashMap<>(dialects.of(ModelNames.vendor(type(target))).headers(key));
        target.shape().headers().addTo(headers, ClientHeaders.NOBODY, key);
        try (Upstream.Exchange exchange =
                upstream.prepareRead(target.baseUrl(), path, headers, options.silenceMillis())) {
            exchange.endBy(System.nanoTime() + WAIT_NANOS);
            try (ClassicHttpResponse answer = upstream.send(exchange)) {
                byte[] bytes = answer.getEntity() == null
                        ? new byte[0]
                        : answer.getEntity().getContent().readNBytes(ANSWER_BYTES_MAX + 1);
                if (bytes.length > ANSWER_BYTES_MAX) exchange.cut();
                if (bytes.length > ANSWER_BYTES_MAX)
                    throw ProviderAnswers.failed("The provider's answer is too large.");
                if (answer.getCode() != 200)
                    throw ProviderAnswers.failed(answer.getCode() + ": "
                            + UpstreamErrors.read(answer.getCode(), bytes, 0).message());
                return ProviderAnswers.read(bytes);
            }
        } catch (IOException e) {
            throw ProviderAnswers.failed(
                    "The provider could not be reached: " + UpstreamErrors.masked(String.valueOf(e.getMessage())));
        }
    }
}
