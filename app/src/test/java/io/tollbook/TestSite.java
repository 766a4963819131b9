package io.tollbook;

import io.tollbook.bench.books.Prices;
import io.tollbook.bench.gateway.ManagementApi;
import io.tollbook.bench.gateway.Provision;
import io.tollbook.bench.gateway.Site;
import io.tollbook.bench.gateway.Tenant;
import io.tollbook.bench.upstream.MockUpstream;
import io.tollbook.bench.upstream.Receipts;
import io.tollbook.start.Options;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole Tollbook in this JVM, set up over its own API, with a provider that keeps receipts. */
final class TestSite implements AutoCloseable {
    static final Prices PRICES = Prices.awkward();

    private int breakerSeconds = 5;
    final Path folder;
    final MockUpstream provider;
    final Tollbook tollbook;
    final Provision provision;
    final URI base;
    final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    TestSite() throws Exception {
        folder = Files.createTempDirectory("tollbook-test");
        provider = MockUpstream.start(MockUpstream.Options.DEFAULT, Receipts.inMemory());
        tollbook = Tollbook.start(new Options(0, folder, null, false));
        base = URI.create("http://127.0.0.1:" + tollbook.port());
        provision = Provision.begin(base, provider.base(), PRICES);
    }

    ManagementApi root() {
        return site().api();
    }

    Site site() {
        return provision.site();
    }

    /** A fresh user with this quota and one key. */
    Tenant user(String name, long quota) throws Exception {
        return provision.users(name, 1, quota).site().tenants().getLast();
    }

    HttpResponse<String> chat(String key, String body) throws Exception {
        return http.send(request(key, body), HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest request(String key, String body) {
        return HttpRequest.newBuilder(base.resolve("/v1/chat/completions"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    static String ask(String model, String more) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]" + more + "}";
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    JsonNode user(long id) throws Exception {
        return root().get("/api/user/" + id);
    }

    @Override
    public void close() throws IOException {
        tollbook.close();
        provider.close();
        http.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }

    /** Gives other rules for channels that fail: what was seen of them is forgotten, and no key rests any more. */
    void forgetsFailures() {
        breakerSeconds = breakerSeconds == 5 ? 6 : 5;
        try {
            root().put(
                            "/api/option/",
                            Map.of("key", "tollbook.breaker_open_seconds", "value", Integer.toString(breakerSeconds)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
