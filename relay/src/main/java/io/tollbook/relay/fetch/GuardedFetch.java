package io.tollbook.relay.fetch;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.access.FetchRules;
import io.tollbook.relay.directory.SiteOptions;
import io.tollbook.relay.upstream.Deadlines;
import jakarta.annotation.PreDestroy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
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
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Fetches what is at an address that somebody gave us. A name is looked up once, every address it leads to is checked, and the
 * connection goes to one of those, so that a name which answers differently the second time leads nowhere; each redirect is
 * checked the same way. However slowly the bytes drip, it ends in time.
 */
@Component
public final class GuardedFetch {
    private static final int REDIRECTS_MAX = 3;
    private static final int PART = 16 * 1024;
    private static final Timeout CONNECT = Timeout.ofSeconds(5);

    /**
     * Whose address it is, and what is fetched from there.
     *
     * @param isRoots whether root gave it, whom only private networks are closed to
     * @param name what messages call it, at the beginning of a sentence
     */
    public record Purpose(boolean isRoots, String name, String accept, long bytesMax, long limitNanos) {}

    /** @param type of its content, without parameters and in lower case; empty if nobody said */
    public record Fetched(byte[] bytes, String type) {}

    private final SiteOptions options;
    private final Deadlines deadlines;
    private final CloseableHttpClient client;
    /** For whom the present thread fetches: names are looked up in the same thread. */
    private final ThreadLocal<Purpose> purpose = new ThreadLocal<>();

    /** Cuts a read whose time is over, however slowly its bytes drip. */
    private static final class Cut implements Deadlines.Wait {
        private final HttpGet get;
        private final long end;
        private volatile boolean overdue;

        private Cut(HttpGet get, long end) {
            this.get = get;
            this.end = end;
        }

        @Override
        public long endNanos() {
            return end;
        }

        @Override
        public void overdue() {
            overdue = true;
            get.abort();
        }
    }

    GuardedFetch(SiteOptions options, Deadlines deadlines) {
        this.options = options;
        this.deadlines = deadlines;
        client = HttpClientBuilder.create()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new SystemDefaultDnsResolver() {
                            @Override
                            public InetAddress[] resolve(String host) throws UnknownHostException {
                                return checked(super.resolve(host));
                            }
                        })
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .build())
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setRedirectsEnabled(false).build())
                // A connection that is kept would be used again after private networks are closed.
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .setUserAgent("Tollbook")
                .build();
    }

    /** A name leads where nothing is fetched from. */
    private static final class Closed extends UnknownHostException {
        private static final long serialVersionUID = 1L;
        private final String why;

        private Closed(Refused refused) {
            why = refused.getMessage();
        }
    }

    private InetAddress[] checked(InetAddress[] addresses) throws UnknownHostException {
        FetchRules rules = options.fetchRules();
        try {
            // One that may not be fetched from spoils the name: who else mixes such with others?
            for (InetAddress address : addresses)
                if (purpose.get().isRoots()) rules.checkPrivate(address);
                else rules.check(address);
        } catch (Refused refused) {
            throw new Closed(refused);
        }
        return addresses;
    }

    /**
     * @param memory is told of each piece before it is kept, and may refuse
     * @throws Refused INVALID or TOO_LARGE, saying what was wrong with the address or behind it
     */
    public Fetched get(String address, Purpose why, LongConsumer memory) {
        return get(address, why, Map.of(), memory);
    }

    /**
     * The same with further headers. Where these show a key, nothing redirects: it is for one host alone.
     *
     * @throws Refused INVALID or TOO_LARGE, saying what was wrong with the address or behind it
     */
    public Fetched get(String address, Purpose why, Map<String, String> headers, LongConsumer memory) {
        purpose.set(why);
        try {
            return fetch(address, why, headers, memory);
        } finally {
            purpose.remove();
        }
    }

    private Fetched fetch(String address, Purpose why, Map<String, String> headers, LongConsumer memory) {
        long end = System.nanoTime() + why.limitNanos();
        URI uri = uri(address);
        for (int i = 0; i <= REDIRECTS_MAX; i++) {
            if (!why.isRoots()) options.fetchRules().check(uri);
            HttpGet get = new HttpGet(uri);
            get.setHeader("Accept", why.accept());
            headers.forEach(get::setHeader);
            Cut cut = new Cut(get, end);
            deadlines.begin(cut);
            try (ClassicHttpResponse answer = client.executeOpen(
                    new HttpHost(uri.getScheme().toLowerCase(Locale.ROOT), uri.getHost(), uri.getPort()), get, null)) {
                int status = answer.getCode();
                if (status == 200) return body(answer, get, why, memory);
                if (status < 300 || status > 399 || !headers.isEmpty())
                    throw Refused.invalid(why.name() + " answered with status " + status + ".");
                uri = redirect(uri, answer, why);
            } catch (Closed e) {
                throw Refused.invalid(e.why);
            } catch (UnknownHostException e) {
                throw Refused.invalid(why.name() + " names a host that does not exist.");
            } catch (IOException e) {
                throw Refused.invalid(
                        cut.overdue || e instanceof SocketTimeoutException
                                ? why.name() + " took longer than " + TimeUnit.NANOSECONDS.toSeconds(why.limitNanos())
                                        + " seconds."
                                : why.name() + " could not be read.");
            } finally {
                deadlines.end(cut);
            }
        }
        throw Refused.invalid(why.name() + " redirects more than " + REDIRECTS_MAX + " times.");
    }

    private static URI uri(String address) {
        try {
            URI uri = URI.create(address.strip());
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null) return uri;
        } catch (IllegalArgumentException e) {
            // Told below, like an address of another kind.
        }
        throw Refused.invalid("The address must look like https://host/path.");
    }

    private static URI redirect(URI from, ClassicHttpResponse answer, Purpose why) {
        Header location = answer.getFirstHeader("Location");
        if (location == null) throw Refused.invalid(why.name() + " redirects nowhere.");
        try {
            URI to = uri(from.resolve(location.getValue()).toString());
            if ("https".equalsIgnoreCase(from.getScheme()) && "http".equalsIgnoreCase(to.getScheme()))
                throw Refused.invalid(why.name() + " redirects from https to http.");
            return to;
        } catch (IllegalArgumentException e) {
            throw Refused.invalid(why.name() + " redirects nowhere.");
        }
    }

    /** What is packed is unpacked here: the limit is for what it becomes. */
    private static Fetched body(ClassicHttpResponse answer, HttpGet get, Purpose why, LongConsumer memory)
            throws IOException {
        HttpEntity entity = answer.getEntity();
        if (entity == null) return new Fetched(new byte[0], "");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            InputStream in = entity.getContent();
            byte[] part = new byte[PART];
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                if (bytes.size() + read > why.bytesMax())
                    throw new Refused(
                            Refusal.TOO_LARGE, why.name() + " is larger than " + (why.bytesMax() >> 20) + " MB.");
                memory.accept(read);
                bytes.write(part, 0, read);
            }
        } catch (Refused refused) {
            // Closing alone would read the rest.
            get.abort();
            throw refused;
        }
        return new Fetched(bytes.toByteArray(), type(entity.getContentType()));
    }

    private static String type(@Nullable String header) {
        if (header == null) return "";
        int parameters = header.indexOf(';');
        return (parameters < 0 ? header : header.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    @PreDestroy
    void close() throws IOException {
        client.close();
    }
}
