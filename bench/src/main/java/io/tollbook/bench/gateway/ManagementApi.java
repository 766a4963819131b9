package io.tollbook.bench.gateway;

import io.tollbook.bench.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The management API as one signed-in user sees it. */
public final class ManagementApi {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int TRIES = 8;

    private final HttpClient http;
    private final URI base;
    private final long user;
    private final @Nullable String cookie;
    private final @Nullable String accessToken;

    private ManagementApi(HttpClient http, URI base, long user, @Nullable String cookie, @Nullable String accessToken) {
        this.http = http;
        this.base = base;
        this.user = user;
        this.cookie = cookie;
        this.accessToken = accessToken;
    }

    public static ManagementApi guest(URI base) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        return new ManagementApi(http, base, 0, null, null);
    }

    /** Signs in with a password. */
    public ManagementApi signIn(String username, String password) throws Exception {
        HttpResponse<String> response =
                send("POST", "/api/user/login", Map.of("username", username, "password", password));
        JsonNode body = success(response, "/api/user/login");
        Optional<String> session = response.headers().allValues("Set-Cookie").stream()
                .filter(header -> header.startsWith("session="))
                .map(header -> header.split(";", 2)[0])
                .findFirst();
        if (session.isEmpty()) throw new IOException("signing in gave no session cookie");
        return new ManagementApi(http, base, body.path("data").path("id").asLong(), session.get(), null);
    }

    /** The same user by an access token, which a restart does not end. */
    public ManagementApi withAccessToken(long user, String accessToken) {
        return new ManagementApi(http, base, user, null, accessToken);
    }

    public long user() {
        return user;
    }

    public JsonNode get(String path) throws Exception {
        return success(send("GET", path, null), path).path("data");
    }

    public JsonNode post(String path, Object body) throws Exception {
        return success(send("POST", path, body), path).path("data");
    }

    public JsonNode put(String path, Object body) throws Exception {
        return success(send("PUT", path, body), path).path("data");
    }

    /** The whole answer, whatever it says. */
    public JsonNode ask(String method, String path, @Nullable Object body) throws Exception {
        return JSON.readTree(send(method, path, body).body());
    }

    private static JsonNode success(HttpResponse<String> response, String path) throws IOException {
        JsonNode body = response.body().isBlank() ? JSON.missingNode() : JSON.readTree(response.body());
        if (response.statusCode() != 200 || !body.path("success").asBoolean(false))
            throw new Refused(path, response.statusCode(), body.path("message").asString(""));
        return body;
    }

    /** The API said no. */
    public static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String path, int status, String message) {
            super(path + ": " + status + " " + message);
        }
    }

    /** Tries again where the gateway said "later" or was not there; what it may have done already is not repeated. */
    private HttpResponse<String> send(String method, String path, @Nullable Object body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .header("Content-Type", "application/json");
        if (user != 0) request.header("New-Api-User", Long.toString(user));
        if (cookie != null) request.header("Cookie", cookie);
        if (accessToken != null) request.header("Authorization", accessToken);
        for (int attempt = 1; ; attempt++) {
            try {
                HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
                boolean later = response.statusCode() == 429 || response.statusCode() == 503;
                if (!later || attempt == TRIES) return response;
            } catch (java.net.ConnectException e) {
                if (attempt == TRIES) throw e;
            }
            Waiting.pause(Duration.ofMillis(100L << Math.min(attempt, 5)));
        }
    }
}
