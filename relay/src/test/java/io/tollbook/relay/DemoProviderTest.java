package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.relay.metering.Reported;
import io.tollbook.relay.upstream.DemoProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The built-in provider does in every dialect what it is asked for, and counts what it did. */
class DemoProviderTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static HttpResponse<String> post(DemoWay way, String path, String model, JsonNode body, boolean withKey)
            throws Exception {
        DemoProvider demo = site.part(DemoProvider.class);
        String key = withKey ? demo.key() : "wrong";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(demo.baseUrl() + path.replace("MODEL", model)))
                .header(way.keyHeader, way.keyHeader.equals("Authorization") ? "Bearer " + key : key)
                .header("anthropic-version", "2023-06-01")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode answer(DemoWay way, String model, ObjectNode body) throws Exception {
        HttpResponse<String> response = post(way, way.path, model, body, true);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    @ParameterizedTest
    @EnumSource
    void answersAndCountsWhatItDid(DemoWay way) throws Exception {
        JsonNode answer = answer(way, "demo-fast", way.ask("demo-fast", "Say hello to way " + way));
        assertThat(way.text(answer)).contains("You said: “Say hello to way " + way + "”");
        way.usage.read(answer);
        assertThat(way.usage.reported()).isInstanceOfSatisfying(Reported.Counted.class, counted -> {
            assertThat(counted.meters().promptTokens()).isEqualTo(3 + 3 + 5);
            assertThat(counted.meters().completionTokens()).isGreaterThan(10);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aRepeatedBeginningIsCached(DemoWay way) throws Exception {
        String text = "word ".repeat(50) + way;
        answer(way, "demo-fast", way.ask("demo-fast", text));
        String second = answer(way, "demo-fast", way.ask("demo-fast", text)).toString();
        // Fifty-one words and what surrounds them.
        assertThat(second).containsPattern("\"(?:cached_tokens|cache_read_input_tokens|cachedContentTokenCount)\":54");
    }

    @ParameterizedTest
    @EnumSource
    void callsAToolWithArgumentsOfItsSchemaOnceOrTwice(DemoWay way) throws Exception {
        ObjectNode once = way.offering(way.ask("demo-fast", "use get_weather for Paris, please, 2 days"));
        assertThat(way.calls(answer(way, "demo-fast", once)))
                .singleElement()
                .satisfies(call -> assertThat(call).startsWith("get_weather {").contains("\"city\":", "\"days\":2"));
        ObjectNode twice = way.offering(way.ask("demo-fast", "Use a tool twice"));
        assertThat(way.calls(answer(way, "demo-fast", twice))).hasSize(2);
        ObjectNode never = way.offering(way.ask("demo-fast", "What is the weather?"));
        assertThat(way.calls(answer(way, "demo-fast", never))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatItWasShown(DemoWay way) throws Exception {
        JsonNode answer = answer(way, "demo-fast", way.showing(way.ask("demo-fast", "What is this?")));
        assertThat(way.text(answer)).contains("a PNG picture of 1×1 pixels");
    }

    @ParameterizedTest
    @EnumSource
    void satisfiesASchema(DemoWay way) throws Exception {
        JsonNode answer = answer(way, "demo-fast", way.structured(way.ask("demo-fast", "the weather in “Rome”")));
        assertThat(JSON.readTree(way.text(answer))).isEqualTo(JSON.readTree("{\"city\":\"Rome\",\"days\":1}"));
    }

    @ParameterizedTest
    @EnumSource
    void stopsAtTheLimit(DemoWay way) throws Exception {
        JsonNode answer = answer(way, "demo-fast", way.limited(way.ask("demo-fast", "hello"), 3));
        assertThat(way.text(answer)).isEqualTo("Hello from the ");
        assertThat(way.finish(answer)).isIn("length", "max_tokens", "MAX_TOKENS", "incomplete");
    }

    @ParameterizedTest
    @EnumSource
    void failsOnDemandAndWithoutTheKey(DemoWay way) throws Exception {
        HttpResponse<String> busy = post(way, way.path, "demo-fast", way.ask("demo-fast", "error 429"), true);
        assertThat(busy.statusCode()).isEqualTo(429);
        assertThat(busy.headers().firstValue("Retry-After")).contains("1");
        assertThat(JSON.readTree(busy.body()).path("error").path("message").asString(""))
                .isNotEmpty();
        assertThat(post(way, way.path, "demo-fast", way.ask("demo-fast", "hi"), false)
                        .statusCode())
                .isEqualTo(way == DemoWay.GEMINI ? 400 : 401);
        assertThat(post(way, way.path, "demo-fast", JSON.createObjectNode(), true)
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, /v1/chat/completions, data: [DONE]",
        "CLAUDE, /v1/messages, message_stop",
        "GEMINI, /v1beta/models/MODEL:streamGenerateContent?alt=sse, finishReason",
        "RESPONSES, /v1/responses, response.completed"
    })
    void streamsThinkingWordsAndArgumentsInPieces(DemoWay way, String path, String last) throws Exception {
        ObjectNode body = way.offering(way.ask("demo-thinking", "use get_weather for “Rome”"));
        if (way != DemoWay.GEMINI) body.put("stream", true);
        else body.putObject("generationConfig").putObject("thinkingConfig").put("includeThoughts", true);
        String stream = post(way, path, "demo-thinking", body, true).body();
        assertThat(stream).contains("thinking ").contains("get_weather");
        assertThat(stream.substring(stream.length() - 1_200 < 0 ? 0 : stream.length() - 1_200))
                .contains(last);
        if (way != DemoWay.GEMINI)
            assertThat(stream).doesNotContain("{\\\"city\\\":\\\"Rome\\\",\\\"days\\\":1}\",\"index");
        String broken = post(
                        way,
                        path,
                        "demo-fast",
                        way == DemoWay.GEMINI
                                ? way.ask("demo-fast", "error midway")
                                : way.ask("demo-fast", "error midway").put("stream", true),
                        true)
                .body();
        assertThat(broken).contains("asked to break").doesNotContain(last);
    }

    @Test
    void endsAtAStopSequence() throws Exception {
        ObjectNode body = DemoWay.CLAUDE.ask("demo-fast", "hello");
        body.putArray("stop_sequences").add("demo");
        JsonNode answer = answer(DemoWay.CLAUDE, "demo-fast", body);
        assertThat(DemoWay.CLAUDE.text(answer)).isEqualTo("Hello from the ");
        assertThat(answer.path("stop_sequence").asString("")).isEqualTo("demo");
    }

    @Test
    void answersAboutWhatAToolSaid() throws Exception {
        JsonNode answer = answer(DemoWay.OPENAI, "demo-fast", (ObjectNode) JSON.readTree("""
                {"model":"demo-fast","messages":[{"role":"user","content":"use get_weather"},
                 {"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function",
                  "function":{"name":"get_weather","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"a","content":"sunny"}]}"""));
        assertThat(DemoWay.OPENAI.text(answer)).isEqualTo("Thank you. The tool get_weather answered: “sunny”.");
    }

    @Test
    void drawsAPicture() throws Exception {
        JsonNode answer = answer(DemoWay.GEMINI, "demo-image", DemoWay.GEMINI.ask("demo-image", "a house"));
        byte[] png = Base64.getDecoder()
                .decode(answer.path("candidates")
                        .path(0)
                        .path("content")
                        .path("parts")
                        .path(1)
                        .path("inlineData")
                        .path("data")
                        .asString(""));
        assertThat(javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(png))
                        .getWidth())
                .isEqualTo(96);
    }

    @Test
    void countsAndEmbeds() throws Exception {
        JsonNode claude = JSON.readTree(
                post(DemoWay.CLAUDE, "/v1/messages/count_tokens", "", DemoWay.CLAUDE.ask("demo-fast", "one two"), true)
                        .body());
        assertThat(claude.path("input_tokens").asInt(0)).isEqualTo(8);
        JsonNode gemini = JSON.readTree(post(
                        DemoWay.GEMINI,
                        "/v1beta/models/demo-fast:countTokens",
                        "",
                        DemoWay.GEMINI.ask("demo-fast", "one two"),
                        true)
                .body());
        assertThat(gemini.path("totalTokens").asInt(0)).isEqualTo(8);
        JsonNode both = JSON.readTree(post(
                        DemoWay.OPENAI,
                        "/v1/embeddings",
                        "",
                        JSON.readTree("{\"model\":\"demo-embedding\",\"input\":[\"a\",\"b\"],\"dimensions\":8}"),
                        true)
                .body());
        assertThat(both.path("data").path(1).path("embedding").size()).isEqualTo(8);
        JsonNode one = JSON.readTree(post(
                        DemoWay.GEMINI,
                        "/v1beta/models/demo-embedding:embedContent",
                        "",
                        JSON.readTree("{\"content\":{\"parts\":[{\"text\":\"a\"}]}}"),
                        true)
                .body());
        assertThat(one.path("embedding").path("values").size()).isEqualTo(64);
    }
}
