package io.tollbook.relay.upstream;

import jakarta.annotation.PreDestroy;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The one HTTP client of the relay. */
@Component
public final class Upstream {
    /** Half of the usual, as each of a thousand open calls has two. */
    private static final int BUFFER_BYTES = 4 * 1024;

    private static final ContentType JSON = ContentType.create("application/json");
    private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** One exchange, which is cut when its time is over or its provider has been silent for too long. */
    public final class Exchange implements AutoCloseable, Deadlines.Wait {
        private final HttpUriRequestBase request;
        private final long silenceNanos;
        private volatile long deadlineNanos;
        private volatile long heardNanos;
        private volatile boolean timedOut;

        private Exchange(HttpUriRequestBase request, long silenceNanos) {
            this.request = request;
            this.silenceNanos = silenceNanos;
            deadlineNanos = System.nanoTime() + silenceNanos;
        }

        /** The moment, by {@link System#nanoTime()}, after which the exchange is cut. */
        public void endBy(long nanos) {
            deadlineNanos = nanos;
        }

        @Override
        public long endNanos() {
            long silenceEnd = heardNanos + silenceNanos;
            return silenceEnd - deadlineNanos < 0 ? silenceEnd : deadlineNanos;
        }

        @Override
        public void overdue() {
            timedOut = true;
            cut();
        }

        private void heard() {
            heardNanos = System.nanoTime();
        }

        public boolean hasTimedOut() {
            return timedOut;
        }

        @Override
        public void close() {
            deadlines.end(this);
        }

        /** Cuts the connection, so that a blocked read ends and nothing of it is used again. */
        public void cut() {
            request.abort();
        }
    }

    private final CloseableHttpClient client;
    private final PoolingHttpClientConnectionManager connections;
    private final Deadlines deadlines;
    private final UpstreamNames names;
    private volatile boolean privateWereClosed;

    Upstream(
            Deadlines deadlines,
            UpstreamNames names,
            @Value("${RELAY_MAX_IDLE_CONNS:4000}") int connectionsMax,
            @Value("${RELAY_MAX_IDLE_CONNS_PER_HOST:2000}") int perHostMax,
            @Value("${RELAY_IDLE_CONN_TIMEOUT:90}") int idleSeconds) {
        this.deadlines = deadlines;
        this.names = names;
        Http1Config protocol = Http1Config.custom().setBufferSize(BUFFER_BYTES).build();
        connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(protocol)
                        .build())
                .setDnsResolver(names)
                .setMaxConnTotal(connectionsMax)
                .setMaxConnPerRoute(perHostMax)
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setConnPoolPolicy(PoolReusePolicy.LIFO)
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setTcpNoDelay(true)
                        .setSoTimeout(Timeout.DISABLED)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofSeconds(10))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(5))
                        .setTimeToLive(TimeValue.ofMinutes(10))
                        .build())
                .build();
        client = HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setExpectContinueEnabled(false)
                        .setConnectionRequestTimeout(Timeout.ofSeconds(10))
                        .setRedirectsEnabled(false)
                        .setContentCompressionEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("Tollbook")
                .evictIdleConnections(TimeValue.ofSeconds(idleSeconds))
                .build();
    }

    /** A connection that was kept from before private networks were closed would go on leading there. */
    private void forgetPrivate() {
        boolean closed = names.arePrivateClosed();
        if (closed && !privateWereClosed) connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
        privateWereClosed = closed;
    }

    /** Prepares a request. Nothing is sent before {@link #send}. */
    public Exchange prepare(String baseUrl, String path, byte[] body, Map<String, String> headers, long silenceMillis)
            throws IOException {
        forgetPrivate();
        HttpPost post = new HttpPost(address(baseUrl + path));
        headers.forEach(post::setHeader);
        post.setEntity(new ByteArrayEntity(body, JSON));
        return new Exchange(post, TimeUnit.MILLISECONDS.toNanos(silenceMillis));
    }

    /** Prepares a question without a body. */
    public Exchange prepareRead(String baseUrl, String path, Map<String, String> headers, long silenceMillis)
            throws IOException {
        HttpGet get = new HttpGet(address(baseUrl + path));
        headers.forEach(get::setHeader);
        return new Exchange(get, TimeUnit.MILLISECONDS.toNanos(silenceMillis));
    }

    /**
     * Sends the request and returns when the answer's head has come. The caller closes the answer. A kept connection that the
     * provider has closed meanwhile is no failure: the request goes out on another.
     */
    public ClassicHttpResponse send(Exchange exchange) throws IOException {
        exchange.heard();
        deadlines.begin(exchange);
        ClassicHttpResponse answer = answer(exchange);
        HttpEntity entity = answer.getEntity();
        if (entity != null) answer.setEntity(new HeardEntity(entity, exchange));
        exchange.heard();
        return answer;
    }

    private ClassicHttpResponse answer(Exchange exchange) throws IOException {
        while (true) {
            HttpClientContext context = HttpClientContext.create();
            long startNanos = System.nanoTime();
            try {
                return client.executeOpen(null, exchange.request, context);
            } catch (NoHttpResponseException | SocketException e) {
                // Providers close a kept connection whenever they like, which shows within a round trip. Whoever
                // breaks off later may have been at work.
                boolean stale = isReused(context) && System.nanoTime() - startNanos < STALE_NANOS;
                if (!stale || exchange.timedOut) throw e;
            }
        }
    }

    private static boolean isReused(HttpClientContext context) {
        EndpointDetails connection = context.getEndpointDetails();
        return connection != null && connection.getRequestCount() > 1;
    }

    /** Tells the exchange whenever something has come. */
    private static final class HeardEntity extends HttpEntityWrapper {
        private final Exchange exchange;

        HeardEntity(HttpEntity entity, Exchange exchange) {
            super(entity);
            this.exchange = exchange;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new FilterInputStream(super.getContent()) {
                @Override
                public int read() throws IOException {
                    int value = super.read();
                    exchange.heard();
                    return value;
                }

                @Override
                public int read(byte[] into, int from, int length) throws IOException {
                    int count = super.read(into, from, length);
                    exchange.heard();
                    return count;
                }
            };
        }
    }

    private static URI address(String text) throws IOException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IOException("the channel's address is no address", e);
        }
    }

    @PreDestroy
    void close() throws IOException {
        client.close();
    }
}
