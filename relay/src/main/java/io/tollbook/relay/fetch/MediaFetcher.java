package io.tollbook.relay.fetch;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.access.FetchRules;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Source;
import io.tollbook.relay.conversation.Turn;
import io.tollbook.relay.dialect.Dialect;
import io.tollbook.relay.directory.SiteOptions;
import jakarta.annotation.PreDestroy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Fetches what a request only gives the address of, for providers that want the bytes.
 *
 * <p>A name is looked up once, every address it leads to is checked, and the connection goes to one of those: there is no
 * second look-up that could answer otherwise. Each redirect is checked like the first address.
 */
@Component
public final class MediaFetcher {
    private static final int REDIRECTS_MAX = 5;
    private static final int MEDIA_MAX = 20;
    private static final Timeout WAIT = Timeout.ofSeconds(15);
    private static final long WHOLE_NANOS = 30_000_000_000L;

    private final SiteOptions options;
    private final long bytesMax;
    private final CloseableHttpClient client;

    MediaFetcher(SiteOptions options, @Value("${MAX_FILE_DOWNLOAD_MB:64}") long megabytesMax) {
        this.options = options;
        bytesMax = megabytesMax * 1024 * 1024;
        client = HttpClientBuilder.create()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new CheckedNames())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(WAIT)
                                .setSocketTimeout(WAIT)
                                // Kept connections would outlive a change of the rules.
                                .setTimeToLive(TimeValue.ofSeconds(1))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(WAIT)
                        .setRedirectsEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("Tollbook")
                .build();
    }

    /** Looks a name up, and knows only the addresses that may be fetched from. */
    private final class CheckedNames implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] found = SystemDefaultDnsResolver.INSTANCE.resolve(host);
            FetchRules rules = options.fetchRules();
            // One that may not be fetched from spoils the name: who else mixes such with others?
            for (InetAddress address : found) rules.check(address);
            return found;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /**
     * The conversation with everything in it that this provider does not fetch itself.
     *
     * @throws Refused INVALID, saying what could not be fetched
     */
    public Conversation fetched(Conversation conversation, Dialect provider) {
        int[] count = {0};
        List<Turn> turns = new ArrayList<>();
        boolean changed = false;
        for (Turn turn : conversation.turns()) {
            List<Part> parts = fetched(turn.parts(), provider, count);
            changed |= !parts.equals(turn.parts());
            turns.add(new Turn(turn.role(), parts, turn.name()));
        }
        return changed ? conversation.withTurns(conversation.system(), turns) : conversation;
    }

    private List<Part> fetched(List<Part> parts, Dialect provider, int[] count) {
        List<Part> all = new ArrayList<>(parts.size());
        for (Part part : parts)
            all.add(
                    switch (part) {
                        case Part.Media media -> fetched(media, provider, count);
                        case Part.ToolResult result ->
                            new Part.ToolResult(
                                    result.call(),
                                    result.name(),
                                    fetched(result.content(), provider, count),
                                    result.json(),
                                    result.isError(),
                                    result.cache());
                        default -> part;
                    });
        return all;
    }

    private Part.Media fetched(Part.Media media, Dialect provider, int[] count) {
        if (!(media.source() instanceof Source.Address address) || provider.fetches(media)) return media;
        if (++count[0] > MEDIA_MAX)
            throw Refused.invalid("More than " + MEDIA_MAX + " addresses would have to be fetched for one request.");
        Source.Inline inline = fetch(address);
        return new Part.Media(media.kind(), inline, media.name(), media.detail(), media.cache());
    }

    private Source.Inline fetch(Source.Address address) {
        String next = address.url();
        for (int redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
            URI uri = uri(next);
            options.fetchRules().check(uri);
            try (ClassicHttpResponse answer = client.executeOpen(null, new HttpGet(uri), null)) {
                Header location = answer.getFirstHeader("Location");
                if (answer.getCode() / 100 == 3 && location != null) {
                    next = uri.resolve(location.getValue()).toString();
                    continue;
                }
                if (answer.getCode() != 200)
                    throw Refused.invalid("An address in the request answered with status " + answer.getCode() + ".");
                return read(answer, address);
            } catch (IOException | IllegalArgumentException e) {
                throw Refused.invalid("An address in the request could not be fetched.");
            }
        }
        throw Refused.invalid("An address in the request leads from one to the next without end.");
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw Refused.invalid("An address in the request is no address.");
        }
    }

    private Source.Inline read(ClassicHttpResponse answer, Source.Address address) throws IOException {
        HttpEntity entity = answer.getEntity();
        if (entity == null) throw Refused.invalid("An address in the request answered with nothing.");
        if (entity.getContentLength() > bytesMax) throw tooLarge();
        byte[] bytes;
        try (InputStream in = entity.getContent()) {
            bytes = readAll(in);
        }
        if (bytes.length == 0) throw Refused.invalid("An address in the request answered with nothing.");
        String type = address.mediaType() != null ? address.mediaType() : entity.getContentType();
        if (type == null) type = "application/octet-stream";
        int parameters = type.indexOf(';');
        String plain =
                (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
        return new Source.Inline(plain, Base64.getEncoder().encodeToString(bytes));
    }

    /** Who sends a byte every few seconds keeps no call waiting for ever. */
    private byte[] readAll(InputStream in) throws IOException {
        long end = System.nanoTime() + WHOLE_NANOS;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[16 * 1024];
        for (int read = in.read(part); read >= 0; read = in.read(part)) {
            all.write(part, 0, read);
            if (all.size() > bytesMax) throw tooLarge();
            if (System.nanoTime() - end > 0) throw new IOException("too slow");
        }
        return all.toByteArray();
    }

    private Refused tooLarge() {
        return new Refused(
                Refusal.TOO_LARGE, "A file at an address in the request is larger than " + (bytesMax >> 20) + " MB.");
    }

    @PreDestroy
    void close() throws IOException {
        client.close();
    }
}
