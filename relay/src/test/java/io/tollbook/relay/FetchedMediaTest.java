package io.tollbook.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.settings.Option;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A picture that a request only gives the address of, for a provider that wants its bytes. */
class FetchedMediaTest {
    private static final byte[] PICTURE = "a picture".getBytes(UTF_8);
    private static final String ANSWER = """
            {"candidates":[{"content":{"parts":[{"text":"A picture."}],"role":"model"},"finishReason":"STOP"}],\
            "usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":3,"totalTokenCount":12}}""";

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private static final AtomicInteger fetched = new AtomicInteger();
    private static HttpServer web;

    @BeforeAll
    static void serve() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/picture.png", exchange -> {
            fetched.incrementAndGet();
            exchange.getResponseHeaders().add("Content-Type", "image/png; x=y");
            exchange.sendResponseHeaders(200, PICTURE.length);
            exchange.getResponseBody().write(PICTURE);
            exchange.close();
        });
        web.createContext("/huge.png", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[64 * 1024];
            try (OutputStream body = exchange.getResponseBody()) {
                while (true) body.write(block);
            }
        });
        web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        web.start();
    }

    @AfterAll
    static void stop() {
        web.stop(0);
    }

    @BeforeEach
    void channel() {
        fetched.set(0);
        only(ChannelType.GEMINI);
        site.first.answers(200, ANSWER);
    }

    /** One channel has the model: another one, which fetches itself, would be tried next. */
    private static void only(ChannelType type) {
        site.directory.channel(type, 1, site.first.baseUrl(), 20, List.of("lab/gpt+1"), Map.of(), Map.of());
        site.directory.changed();
    }

    private static Client.Answer ask(String path) throws IOException {
        return site.answer(
                "{\"model\":\"lab/gpt+1\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                        + "\"image_url\":{\"url\":\"http://127.0.0.1:"
                        + web.getAddress().getPort() + path + "\"}}]}]}");
    }

    private static void open() {
        site.set(Option.FETCH_PRIVATE, "true");
        site.set(Option.FETCH_PORTS, "[]");
    }

    @Test
    void goesToTheProviderInTheRequestItself() throws Exception {
        open();
        assertThat(ask("/picture.png").status()).isEqualTo(200);
        JsonNode part = JsonMapper.shared()
                .readTree(site.first.next().body())
                .path("contents")
                .path(0)
                .path("parts")
                .path(0);

        assertThat(part.path("inlineData").path("mimeType").asString()).isEqualTo("image/png");
        assertThat(part.path("inlineData").path("data").asString())
                .isEqualTo(Base64.getEncoder().encodeToString(PICTURE));
        site.settled();
    }

    @Test
    void isNotFetchedFromAPrivateNetwork() throws Exception {
        site.set(Option.FETCH_PORTS, "[]");
        Client.Answer answer = ask("/picture.png");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().path("message").asString()).contains("not fetched");
        assertThat(fetched).hasValue(0);
        assertThat(site.first.waiting()).isZero();
        assertThat(site.released().cause()).isEqualTo(ReleaseCause.UPSTREAM_FAILED);
    }

    @Test
    void isNotFetchedFromAPortThatIsNoWebServers() throws Exception {
        site.set(Option.FETCH_PRIVATE, "true");

        assertThat(ask("/picture.png").status()).isEqualTo(400);
        assertThat(fetched).hasValue(0);
        site.released();
    }

    @Test
    void thatIsNotThereIsTheClientsMistake() throws Exception {
        open();
        Client.Answer answer = ask("/nothing.png");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().path("message").asString()).contains("404");
        assertThat(site.first.waiting()).isZero();
        site.released();
    }

    @Test
    void isTooLargeForTheHeapWhateverIsConfigured() throws Exception {
        open();
        Client.Answer answer = ask("/huge.png");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(site.first.waiting()).isZero();
        site.released();
    }

    @Test
    void aProviderThatFetchesItselfGetsTheAddress() throws Exception {
        only(ChannelType.CUSTOM);
        site.first.answers(200, RelaySite.WHOLE);

        assertThat(ask("/picture.png").status()).isEqualTo(200);
        assertThat(site.first.next().body()).contains("/picture.png");
        assertThat(fetched).hasValue(0);
    }
}
