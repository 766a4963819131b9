package io.tollbook.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does what the wizard does, through the same HTTP API as everybody else, makes one streamed call and shows what it cost.
 * A site that is set up already is left alone.
 */
public final class Demo {
    private static final String USER = "root";
    private static final String MODEL = "demo-fast";
    private static final String QUESTION = """
            {"model":"demo-fast","stream":true,"messages":[{"role":"user","content":"What is a ledger?"}]}""";
    private static final long QUOTA_PER_DOLLAR = 500_000;
    private static final long QUOTA_PER_MICRODOLLAR_REST = 1_000_000 / QUOTA_PER_DOLLAR;

    private final String site;
    private final PrintStream out;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final JsonMapper json = new JsonMapper();
    private String cookie = "";
    private long user;

    private Demo(String site, PrintStream out) {
        this.site = site;
        this.out = out;
    }

    /** @param site the address of a running Tollbook on this machine */
    public static void show(String site, PrintStream out) {
        try {
            new Demo(site, out).run();
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's calls failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() throws IOException, InterruptedException {
        if (get("/api/setup").path("data").path("status").asBoolean()) {
            out.println("This data folder is already set up, so --demo changes nothing. Sign in at " + site);
            return;
        }
        String password = password();
        setUp(password);
        signIn(password);
        String key = key();
        long before = balance();
        String answer = call(key);
        long after = balance();
        out.println("""

                Set up with the built-in demo provider.
                  Console   %s   user %s, password %s (shown this once)
                  Balance   %s before a first call
                  %s  "%s"
                  Balance   %s after it: the call cost %,d quota

                Stream an answer yourself:
                  curl -N %s/v1/chat/completions -H 'Authorization: Bearer %s' -H 'Content-Type: application/json' \\
                    -d '%s'
                """.formatted(
                        site,
                        USER,
                        password,
                        dollars(before),
                        MODEL,
                        answer,
                        dollars(after),
                        before - after,
                        site,
                        key,
                        QUESTION));
    }

    private static String password() {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private void setUp(String password) throws IOException, InterruptedException {
        post(
                "/api/setup",
                Map.of(
                        "username", USER,
                        "password", password,
                        "confirmPassword", password,
                        "demoProvider", true));
    }

    private void signIn(String password) throws IOException, InterruptedException {
        HttpResponse<String> response =
                send(request("/api/user/login").POST(body(Map.of("username", USER, "password", password))));
        cookie = response.headers()
                .firstValue("Set-Cookie")
                .map(header -> header.replaceFirst(";.*", ""))
                .orElseThrow(() -> new IOException("signing in set no cookie"));
        user = data(response).path("id").asLong();
    }

    private String key() throws IOException, InterruptedException {
        JsonNode keys = get("/api/token/?p=1&page_size=10").path("data").path("items");
        if (keys.isEmpty()) throw new IOException("the set-up made no API key");
        long id = keys.get(0).path("id").asLong();
        String key = data(send(request("/api/token/" + id + "/key").POST(HttpRequest.BodyPublishers.noBody())))
                .path("key")
                .asString();
        return key.startsWith("sk-") ? key : "sk-" + key;
    }

    private long balance() throws IOException, InterruptedException {
        return get("/api/user/self").path("data").path("quota").asLong();
    }

    /** @return the answer, put together from its chunks */
    private String call(String key) throws IOException, InterruptedException {
        HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(site + "/v1/chat/completions"))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(QUESTION)));
        StringBuilder answer = new StringBuilder();
        for (String line : response.body().lines().toList())
            if (line.startsWith("data: {"))
                answer.append(json.readTree(line.substring("data: ".length()))
                        .path("choices")
                        .path(0)
                        .path("delta")
                        .path("content")
                        .asString(""));
        return answer.toString().strip();
    }

    private static String dollars(long quota) {
        long millionths = Math.multiplyExact(quota, QUOTA_PER_MICRODOLLAR_REST);
        return "%,d quota ($%,d.%06d)".formatted(quota, millionths / 1_000_000, millionths % 1_000_000);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return json.readTree(send(request(path).GET()).body());
    }

    private void post(String path, Map<String, Object> content) throws IOException, InterruptedException {
        data(send(request(path).POST(body(content))));
    }

    private JsonNode data(HttpResponse<String> response) throws IOException {
        JsonNode answer = json.readTree(response.body());
        if (!answer.path("success").asBoolean())
            throw new IOException(response.uri().getPath() + " answered: "
                    + answer.path("message").asString());
        return answer.path("data");
    }

    private HttpRequest.BodyPublisher body(Map<String, Object> content) {
        return HttpRequest.BodyPublishers.ofString(json.writeValueAsString(content));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(site + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json");
        if (!cookie.isEmpty()) request.header("Cookie", cookie).header("New-Api-User", Long.toString(user));
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200)
            throw new IOException(
                    response.uri().getPath() + " answered status " + response.statusCode() + ": " + response.body());
        return response;
    }
}
