package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.catalogue.SiteReader;
import io.tollbook.kernel.settings.Option;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents of other sites: read under a guard, whatever the site does. */
class OtherSiteTest {
    @RegisterExtension
    private static final RelaySite site = new RelaySite("tollbook.site-reader.seconds=1");

    private static final CountDownLatch end = new CountDownLatch(1);
    private static HttpServer server;
    private static String base;

    @BeforeAll
    static void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        base = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/prices", exchange -> answer(exchange, "{\"data\":[]}"));
        server.createContext("/to-prices", exchange -> redirect(exchange, "/prices"));
        server.createContext("/closing", exchange -> {
            site.set(Option.FETCH_PRIVATE, "false");
            redirect(exchange, base.replace("127.0.0.1", "localhost") + "/prices");
        });
        server.createContext("/round", exchange -> redirect(exchange, "/round"));
        server.createContext("/to-file", exchange -> redirect(exchange, "file:///etc/passwd"));
        server.createContext("/nowhere", exchange -> exchange.sendResponseHeaders(302, -1));
        server.createContext("/broken", exchange -> exchange.sendResponseHeaders(500, -1));
        server.createContext("/huge", OtherSiteTest::huge);
        server.createContext("/slow", OtherSiteTest::slow);
        server.start();
    }

    @AfterAll
    static void stop() {
        end.countDown();
        server.stop(0);
    }

    @BeforeEach
    void reachable() {
        site.set(Option.FETCH_PRIVATE, "true");
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().add("Location", to);
        exchange.sendResponseHeaders(302, -1);
    }

    private static void huge(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] block = new byte[64 * 1024];
        try (OutputStream body = exchange.getResponseBody()) {
            while (true) body.write(block);
        }
    }

    /** The head at once, then one byte and nothing more. */
    private static void slow(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private static String read(String address) {
        return new String(site.part(SiteReader.class).read(address), StandardCharsets.UTF_8);
    }

    private static void refuses(String address, String why) {
        assertThatThrownBy(() -> read(address)).isInstanceOf(Refused.class).hasMessageContaining(why);
    }

    @Test
    void readsADocumentAlsoBehindARedirect() {
        assertThat(read(base + "/prices")).isEqualTo("{\"data\":[]}");
        assertThat(read(base + "/to-prices")).isEqualTo("{\"data\":[]}");
    }

    @Test
    void isNotLedAstray() {
        refuses(base + "/round", "redirects more than 3 times");
        refuses(base + "/to-file", "https://host/path");
        refuses(base + "/nowhere", "redirects nowhere");
        refuses(base + "/broken", "status 500");
    }

    @Test
    void takesNoMoreThanItsLimits() {
        refuses(base + "/huge", "10 MB");
        refuses(base + "/slow", "longer than 1 seconds");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "ftp://example.com/",
                "file:///etc/passwd",
                "http:///x",
                "http://u:p@127.0.0.1/",
                "http://a b/"
            })
    void readsWebAddressesOnly(String address) {
        refuses(address, "https://host/path");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "[::1]",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "[::ffff:10.0.0.1]",
                "[fc00::1]",
                "[fe80::1]",
                "[64:ff9b::a00:1]",
                "[2002:a00:1::]",
                "[::a00:1]",
                "2130706433"
            })
    void privateNetworksAreClosedUnlessRootOpensThem(String host) {
        site.set(Option.FETCH_PRIVATE, "false");
        refuses("http://" + host + ":" + server.getAddress().getPort() + "/prices", "private network address");
    }

    @Test
    void aRedirectLeadsToNoPrivateNetworkEither() {
        // The first site may be read; what it leads to is another connection, by when private networks are closed.
        refuses(base + "/closing", "private network address");
    }
}
