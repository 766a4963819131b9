package io.tollbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole life: set up by the demo, paid, stopped, started, killed, its database killed; the balance is never another. */
class LifeTest {
    private static final String QUESTION =
            "{\"model\":\"demo-fast\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    @TempDir
    Path parent;

    @Test
    void losesNothingHoweverItEnds() throws Exception {
        Path data = parent.toRealPath().resolve("data");
        String key;
        String password;
        long balance;
        try (TollbookProcess tollbook = TollbookProcess.start(data, "--demo")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> tollbook.output().contains("curl -N"));
            key = found(tollbook.output(), "Bearer (sk-\\w+)");
            password = found(tollbook.output(), "password (\\w+)");
            assertThat(Files.readString(data.resolve("tollbook.pid")).strip()).isEqualTo(Long.toString(tollbook.pid()));
            assertThat(found(tollbook.output(), "the call cost ([\\d,]+) quota"))
                    .isNotEqualTo("0");
            balance = balance(tollbook, password);
            assertThat(balance).isLessThan(100_000_000);

            long cost = call(tollbook, key, password, balance);
            balance -= cost;

            tollbook.stop();
            assertThat(data.resolve("tollbook.pid")).doesNotExist();
            assertThat(data.resolve("postgres-18/cluster/postmaster.pid")).doesNotExist();
            assertThat(tollbook.output()).doesNotContain("Exception");
        }
        try (TollbookProcess tollbook = TollbookProcess.start(data, "--demo")) {
            assertThat(balance(tollbook, password)).isEqualTo(balance);
            await().atMost(Duration.ofSeconds(60)).until(() -> tollbook.output().contains("already set up"));
            balance -= call(tollbook, key, password, balance);

            tollbook.kill();
        }
        try (TollbookProcess tollbook = TollbookProcess.start(data)) {
            assertThat(balance(tollbook, password)).isEqualTo(balance);
            long server = tollbook.postgres();

            ProcessHandle.of(server).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> tollbook.postgres() != server);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> tollbook.get("/actuator/health/readiness").statusCode() == 200);
            long before = balance;
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(balance(tollbook, password)).isEqualTo(before));
            balance -= call(tollbook, key, password, balance);
            assertThat(balance(tollbook, password)).isEqualTo(balance);
        }
    }

    /** @return what it cost */
    private static long call(TollbookProcess tollbook, String key, String password, long before) throws IOException {
        HttpResponse<String> answer = tollbook.post("/v1/chat/completions", QUESTION, "Authorization", "Bearer " + key);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).endsWith("data: [DONE]\n\n");
        await().atMost(Duration.ofSeconds(30)).until(() -> balance(tollbook, password) < before);
        return before - balance(tollbook, password);
    }

    private static long balance(TollbookProcess tollbook, String password) throws IOException {
        HttpResponse<String> signedIn =
                tollbook.post("/api/user/login", "{\"username\":\"root\",\"password\":\"" + password + "\"}");
        JsonNode user = data(signedIn);
        String cookie =
                signedIn.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        return data(tollbook.get(
                        "/api/user/self",
                        "Cookie",
                        cookie,
                        "New-Api-User",
                        user.path("id").asString()))
                .path("quota")
                .asLong();
    }

    private static JsonNode data(HttpResponse<String> response) {
        JsonNode answer = new JsonMapper().readTree(response.body());
        assertThat(answer.path("success").asBoolean()).as(response.body()).isTrue();
        return answer.path("data");
    }

    private static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }
}
