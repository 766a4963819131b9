package io.tollbook.relay.upstream;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.catalogue.SiteReader;
import io.tollbook.relay.directory.SiteOptions;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Reads documents of other sites. A name is looked up once, and the connection goes to the address that was checked, so
 * that a name which answers differently the second time leads nowhere; each redirect is checked the same way.
 */
@Component
final class GuardedSiteReader implements SiteReader {
    /** As much as a price list of every model there is, with room. */
    private static final int BYTES_MAX = 10 * 1024 * 1024;

    private static final int REDIRECTS_MAX = 3;
    private static final Timeout CONNECT = Timeout.ofSeconds(5);

    private final SiteOptions options;
    private final Deadlines deadlines;
    private final long limitNanos;
    private final CloseableHttpClient client;

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

    GuardedSiteReader(
            SiteOptions options, Deadlines deadlines, @Value("${tollbook.site-reader.seconds:10}") int seconds) {
        this.options = options;
        this.deadlines = deadlines;
        limitNanos = TimeUnit.SECONDS.toNanos(seconds);
        Timeout silence = Timeout.ofSeconds(seconds);
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
                        .setDefaultSocketConfig(
                                SocketConfig.custom().setSoTimeout(silence).build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(silence)
                        .setRedirectsEnabled(false)
                        .build())
                // A connection that is kept would be used again after private networks are closed.
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .setUserAgent("Tollbook")
                .build();
    }

    /** The address is that of a network which is not the internet. */
    private static final class PrivateAddress extends UnknownHostException {
        private static final long serialVersionUID = 1L;
    }

    private InetAddress[] checked(InetAddress[] addresses) throws UnknownHostException {
        if (options.fetchesPrivately()) return addresses;
        for (InetAddress address : addresses) if (isPrivate(address)) throw new PrivateAddress();
        return addresses;
    }

    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) return true;
        if (bytes.length == 4) {
            int first = bytes[0] & 0xff;
            int second = bytes[1] & 0xff;
            // This network, carrier-grade NAT, protocol assignments, benchmarks, and what is reserved.
            return first == 0
                    || first == 100 && second >= 64 && second < 128
                    || first == 192 && second == 0 && bytes[2] == 0
                    || first == 198 && (second == 18 || second == 19)
                    || first >= 240;
        }
        // Unique local addresses; and forms that carry an IPv4 address: mapped ones Java has unpacked already.
        boolean translated = bytes[0] == 0 && (bytes[1] & 0xff) == 0x64 && (bytes[2] & 0xff) == 0xff;
        boolean tunnelled = (bytes[0] & 0xff) == 0x20 && (bytes[1] == 0x02 || bytes[1] == 0x01 && bytes[2] == 0);
        boolean compatible = true;
        for (int i = 0; i < 12; i++) compatible &= bytes[i] == 0;
        return (bytes[0] & 0xfe) == 0xfc || translated || tunnelled || compatible;
    }

    @Override
    public byte[] read(String address) {
        long end = System.nanoTime() + limitNanos;
        URI uri = uri(address);
        for (int i = 0; i <= REDIRECTS_MAX; i++) {
            HttpGet get = new HttpGet(uri);
            get.setHeader("Accept", "application/json");
            Cut cut = new Cut(get, end);
            deadlines.begin(cut);
            try (ClassicHttpResponse answer = client.executeOpen(
                    new HttpHost(uri.getScheme().toLowerCase(Locale.ROOT), uri.getHost(), uri.getPort()), get, null)) {
                int status = answer.getCode();
                if (status == 200) return body(answer, get);
                if (status < 300 || status > 399)
                    throw Refused.invalid("The site answered with status " + status + ".");
                uri = redirect(uri, answer);
            } catch (PrivateAddress e) {
                throw Refused.invalid(
                        "The site is at a private network address, and fetch_setting.allow_private_ip is off.");
            } catch (UnknownHostException e) {
                throw Refused.invalid("There is no such host.");
            } catch (IOException e) {
                throw Refused.invalid(
                        cut.overdue || e instanceof SocketTimeoutException
                                ? "The site took longer than " + TimeUnit.NANOSECONDS.toSeconds(limitNanos)
                                        + " seconds."
                                : "The site could not be read.");
            } finally {
                deadlines.end(cut);
            }
        }
        throw Refused.invalid("The site redirects more than " + REDIRECTS_MAX + " times.");
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

    private static URI redirect(URI from, ClassicHttpResponse answer) {
        Header location = answer.getFirstHeader("Location");
        if (location == null) throw Refused.invalid("The site redirects nowhere.");
        try {
            URI to = uri(from.resolve(location.getValue()).toString());
            if ("https".equalsIgnoreCase(from.getScheme()) && "http".equalsIgnoreCase(to.getScheme()))
                throw Refused.invalid("The site redirects from https to http.");
            return to;
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("The site redirects nowhere.");
        }
    }

    /** What is packed is unpacked here: the limit is for what it becomes. */
    private static byte[] body(ClassicHttpResponse answer, HttpGet get) throws IOException {
        if (answer.getEntity() == null) return new byte[0];
        byte[] bytes = answer.getEntity().getContent().readNBytes(BYTES_MAX + 1);
        if (bytes.length <= BYTES_MAX) return bytes;
        // Closing alone would read the rest.
        get.abort();
        throw Refused.invalid("The answer is larger than 10 MB.");
    }

    @PreDestroy
    void close() throws IOException {
        client.close();
    }
}
