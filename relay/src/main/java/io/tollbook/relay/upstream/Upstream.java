package io.tollbook.relay.upstream;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The one HTTP client of the relay. */
@Component
public final class Upstream {
    private static final ContentType JSON = ContentType.create("application/json");
    private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** One exchange that can be given up from another thread when its time is over. */
    public final class Exchange implements AutoCloseable {
        private final HttpPost post;
        private volatile long deadlineNanos = Long.MAX_VALUE;
        private volatile boolean timedOut;

        private Exchange(HttpPost post) {
            this.post = post;
        }

        /** The moment, by {@link System#nanoTime()}, after which the exchange is cut. */
        public void endBy(long nanos) {
            deadlineNanos = nanos;
        }

        public boolean hasTimedOut() {
            return timedOut;
        }

        @Override
        public void close() {
            open.remove(this);
        }

        /** Cuts the connection, so that a blocked read ends and nothing of it is used again. */
        public void cut() {
            post.abort();
        }
    }

    private final CloseableHttpClient client;
    private final Set<Exchange> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("upstream-watch").daemon().factory());

    Upstream(
            @Value("${RELAY_MAX_IDLE_CONNS:4000}") int connectionsMax,
            @Value("${RELAY_MAX_IDLE_CONNS_PER_HOST:2000}") int perHostMax,
            @Value("${RELAY_IDLE_CONN_TIMEOUT:90}") int idleSeconds) {
        PoolingHttpClientConnectionManager connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(connectionsMax)
                .setMaxConnPerRoute(perHostMax)
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setConnPoolPolicy(PoolReusePolicy.LIFO)
                .setDefaultSocketConfig(
                        SocketConfig.custom().setTcpNoDelay(true).build())
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
        watch.scheduleWithFixedDelay(this::cutOverdue, 100, 100, TimeUnit.MILLISECONDS);
    }

    private void cutOverdue() {
        long now = System.nanoTime();
        for (Exchange exchange : open) {
            long deadline = exchange.deadlineNanos;
            if (deadline != Long.MAX_VALUE && now - deadline > 0) {
                exchange.timedOut = true;
                exchange.cut();
            }
        }
    }

    /** Prepares a request. Nothing is sent before {@link #send}. */
    public Exchange prepare(
            String baseUrl, String key, String path, byte[] body, Map<String, String> headers, long silenceMillis)
            throws IOException {
        HttpPost post = new HttpPost(address(baseUrl + path));
        post.setConfig(RequestConfig.custom()
                .setExpectContinueEnabled(false)
                .setConnectionRequestTimeout(Timeout.ofSeconds(10))
                .setResponseTimeout(Timeout.ofMilliseconds(silenceMillis))
                .setRedirectsEnabled(false)
                .build());
        headers.forEach(post::setHeader);
        if (!key.isEmpty()) post.setHeader("Authorization", "Bearer " + key);
        post.setEntity(new ByteArrayEntity(body, JSON));
        return new Exchange(post);
    }

    /**
     * Sends the request and returns when the answer's head has come. The caller closes the answer. A kept connection that the
     * provider has closed meanwhile is no failure: the request goes out on another.
     */
    public ClassicHttpResponse send(Exchange exchange) throws IOException {
        open.add(exchange);
        while (true) {
            HttpClientContext context = HttpClientContext.create();
            long startNanos = System.nanoTime();
            try {
                return client.executeOpen(null, exchange.post, context);
            } catch (NoHttpResponseException | SocketException e) {
                // Providers close a kept connection whenever they like. That shows within a round trip; whoever breaks
                // off
                // later may have been at work.
                boolean stale = isReused(context) && System.nanoTime() - startNanos < STALE_NANOS;
                if (!stale || exchange.timedOut) throw e;
            }
        }
    }

    private static boolean isReused(HttpClientContext context) {
        EndpointDetails connection = context.getEndpointDetails();
        return connection != null && connection.getRequestCount() > 1;
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
        watch.shutdownNow();
        client.close();
    }
}
