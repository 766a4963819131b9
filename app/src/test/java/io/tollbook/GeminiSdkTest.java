package io.tollbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ApiException;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.ServerException;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Model;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import com.google.genai.types.Type;
import io.tollbook.bench.upstream.gemini.GeminiUpstream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Google's own Java client, unmodified, against the whole product: over Google's dialect, over OpenAI's, and over both, one
 * behind the other.
 */
class GeminiSdkTest {
    /** Answered by Google's dialect. */
    private static final String GOOGLE = "gemini-3-pro-preview";
    /** Answered by Google's dialect behind OpenAI's: everything is translated there, and back. */
    private static final String BEHIND_OPENAI = "gemini-behind-openai";
    /** Answered by OpenAI's dialect alone. */
    private static final String OPENAI = "mock-gpt";

    private static final String DRAWS = "gemini-2.5-flash-image";
    private static final int OPENAI_TYPE = 1;
    private static final int GEMINI_TYPE = 24;

    private static TestSite site;
    private static GeminiUpstream google;
    private static Client ann;

    @BeforeAll
    static void start() throws Exception {
        site = new TestSite();
        google = GeminiUpstream.start("google-key");
        site.root()
                .put(
                        "/api/option/",
                        Map.of(
                                "key",
                                "ModelRatio",
                                "value",
                                "{\"" + OPENAI + "\":1,\"" + GOOGLE + "\":1,\"" + DRAWS + "\":1,\"" + BEHIND_OPENAI
                                        + "\":1}"));
        String key = site.user("ann", 1_000_000_000L).key();
        channel("google", GEMINI_TYPE, google.base(), "google-key", GOOGLE, GOOGLE);
        channel("google draws", GEMINI_TYPE, google.base(), "google-key", DRAWS, DRAWS);
        channel("itself", OPENAI_TYPE, site.base, key, BEHIND_OPENAI, GOOGLE);
        ann = client(key);
    }

    @AfterAll
    static void stop() throws Exception {
        ann.close();
        google.close();
        site.close();
    }

    private static void channel(String name, int type, URI base, String key, String model, String upstreamModel)
            throws Exception {
        site.root()
                .post(
                        "/api/channel/",
                        Map.of(
                                "mode",
                                "single",
                                "channel",
                                Map.of(
                                        "type",
                                        type,
                                        "name",
                                        name,
                                        "key",
                                        key,
                                        "base_url",
                                        base.toString(),
                                        "models",
                                        model,
                                        "group",
                                        "default",
                                        "priority",
                                        10,
                                        "weight",
                                        1,
                                        "auto_ban",
                                        0,
                                        "model_mapping",
                                        "{\"" + model + "\":\"" + upstreamModel + "\"}")));
    }

    private static Client client(String key) {
        return Client.builder()
                .apiKey(key)
                .httpOptions(HttpOptions.builder()
                        .baseUrl(site.base.toString())
                        .timeout(60_000)
                        // It would try a refusal five times, a second and more apart, and waits behind the last one
                        // too.
                        .retryOptions(HttpRetryOptions.builder()
                                .attempts(1)
                                .initialDelay(0d)
                                .jitter(0d))
                        .build())
                .build();
    }

    private static GenerateContentConfig.Builder config() {
        return GenerateContentConfig.builder().maxOutputTokens(500);
    }

    private static GenerateContentResponse ask(String model, String text) {
        return ann.models.generateContent(model, text, config().build());
    }

    private static List<GenerateContentResponse> stream(
            String model, List<Content> contents, GenerateContentConfig config) {
        return stream(ann, model, contents, config);
    }

    private static List<GenerateContentResponse> stream(
            Client client, String model, List<Content> contents, GenerateContentConfig config) {
        List<GenerateContentResponse> pieces = new ArrayList<>();
        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(model, contents, config)) {
            stream.forEach(pieces::add);
        }
        return pieces;
    }

    private static Content user(String text) {
        return Content.builder().role("user").parts(Part.fromText(text)).build();
    }

    private static List<Part> parts(List<GenerateContentResponse> pieces) {
        List<Part> parts = new ArrayList<>();
        for (GenerateContentResponse piece : pieces) parts.addAll(piece.parts());
        return parts;
    }

    private static String text(List<Part> parts) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts)
            if (!part.thought().orElse(false)) text.append(part.text().orElse(""));
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {GOOGLE, BEHIND_OPENAI})
    void answers(String model) {
        GenerateContentResponse answer = ask(model, "grüezi 😀");

        assertThat(answer.text()).isEqualTo("You said: grüezi 😀");
        assertThat(answer.finishReason().toString()).isEqualTo("STOP");
        reported(answer, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {GOOGLE, BEHIND_OPENAI})
    void streams(String model) {
        List<GenerateContentResponse> pieces = stream(model, List.of(user("hello")), config().build());

        assertThat(text(parts(pieces))).isEqualTo("You said: hello");
        assertThat(pieces).hasSizeGreaterThan(1);
        assertThat(pieces.getLast().finishReason().toString()).isEqualTo("STOP");
        reported(pieces.getLast(), false);
    }

    private static void reported(GenerateContentResponse answer, boolean thinks) {
        GenerateContentResponseUsageMetadata usage = answer.usageMetadata().orElseThrow();
        int thoughts = thinks ? GeminiUpstream.THOUGHT_TOKENS : 0;

        assertThat(usage.promptTokenCount()).contains(GeminiUpstream.PROMPT_TOKENS);
        assertThat(usage.cachedContentTokenCount()).contains(GeminiUpstream.CACHED_TOKENS);
        assertThat(usage.candidatesTokenCount()).contains(GeminiUpstream.ANSWER_TOKENS);
        assertThat(usage.thoughtsTokenCount().orElse(0)).isEqualTo(thoughts);
        assertThat(usage.totalTokenCount())
                .contains(GeminiUpstream.PROMPT_TOKENS + GeminiUpstream.ANSWER_TOKENS + thoughts);
    }

    @Test
    void answersFromAnotherVendorReadTheSame() {
        GenerateContentResponse answer = ask(OPENAI, "hello");
        List<GenerateContentResponse> pieces = stream(OPENAI, List.of(user("hello")), config().build());

        assertThat(answer.text()).isNotBlank();
        assertThat(answer.usageMetadata().orElseThrow().totalTokenCount().orElse(0))
                .isPositive();
        assertThat(text(parts(pieces))).isNotBlank();
        assertThat(pieces.getLast()
                        .usageMetadata()
                        .orElseThrow()
                        .promptTokenCount()
                        .orElse(0))
                .isPositive();
    }

    private static Tool functions() {
        Schema city = Schema.builder()
                .type(Type.Known.OBJECT)
                .properties(
                        Map.of("city", Schema.builder().type(Type.Known.STRING).build()))
                .required("city")
                .build();
        return Tool.builder()
                .functionDeclarations(
                        FunctionDeclaration.builder()
                                .name("weather")
                                .description("Tells the weather")
                                .parameters(city)
                                .build(),
                        FunctionDeclaration.builder().name("now").build())
                .build();
    }

    /** Thinking, the calls and their results, answered in another order, and the seals of it all come back. */
    @ParameterizedTest
    @CsvSource({GOOGLE + ", false", GOOGLE + ", true", BEHIND_OPENAI + ", false", BEHIND_OPENAI + ", true"})
    void callsFunctionsAndGoesOn(String model, boolean streamed) {
        GenerateContentConfig config = config().tools(functions())
                .thinkingConfig(ThinkingConfig.builder().includeThoughts(true).thinkingLevel("HIGH"))
                .build();
        List<Content> turns = new ArrayList<>(List.of(user("both please")));
        List<Part> first = said(model, turns, config, streamed);

        assertThat(first.getFirst().thought()).contains(true);
        assertThat(first.getFirst().text()).contains("Let me think about Zürich.");
        List<FunctionCall> calls =
                first.stream().flatMap(part -> part.functionCall().stream()).toList();
        assertThat(calls).extracting(call -> call.name().orElse("")).containsExactly("weather", "now");
        assertThat(calls.getFirst().args()).contains(Map.of("city", "Zürich"));
        assertThat(calls.getFirst().id()).isPresent().isNotEqualTo(calls.get(1).id());
        assertThat(first.stream().anyMatch(part -> part.thoughtSignature().isPresent()))
                .isTrue();

        turns.add(Content.builder().role("model").parts(first).build());
        turns.add(Content.builder()
                .role("user")
                .parts(List.of(
                        response(calls.get(1), Map.of("time", "noon")),
                        response(calls.getFirst(), Map.of("degrees", 21))))
                .build());
        if (model.equals(GOOGLE)) {
            // Google itself wants the order of the calls.
            List<Part> ordered = new ArrayList<>(turns.getLast().parts().orElseThrow()).reversed();
            turns.set(2, Content.builder().role("user").parts(ordered).build());
        }
        List<Part> second = said(model, turns, config, streamed);

        assertThat(text(second)).isEqualTo("Results: {\"degrees\":21}{\"time\":\"noon\"}");
    }

    private static Part response(FunctionCall call, Map<String, Object> response) {
        return Part.builder()
                .functionResponse(FunctionResponse.builder()
                        .id(call.id().orElseThrow())
                        .name(call.name().orElseThrow())
                        .response(response))
                .build();
    }

    private static List<Part> said(String model, List<Content> turns, GenerateContentConfig config, boolean streamed) {
        if (streamed) return parts(stream(model, turns, config));
        return List.copyOf(ann.models.generateContent(model, turns, config).parts());
    }

    @Test
    void thinkingIsCounted() {
        GenerateContentConfig config = config().thinkingConfig(
                        ThinkingConfig.builder().includeThoughts(true).thinkingLevel("LOW"))
                .build();

        reported(ann.models.generateContent(GOOGLE, "hello", config), true);
        reported(ann.models.generateContent(BEHIND_OPENAI, "hello", config), true);
    }

    @ParameterizedTest
    @ValueSource(strings = {GOOGLE, BEHIND_OPENAI})
    void answersInAStructure(String model) {
        GenerateContentConfig config = config().responseMimeType("application/json")
                .responseSchema(Schema.builder()
                        .type(Type.Known.OBJECT)
                        .properties(Map.of(
                                "n", Schema.builder().type(Type.Known.INTEGER).build()))
                        .required("n"))
                .build();

        assertThat(ann.models.generateContent(model, "how many", config).text()).isEqualTo("{\"n\":7}");
    }

    @ParameterizedTest
    @ValueSource(strings = {GOOGLE, BEHIND_OPENAI})
    void showsPictures(String model) {
        byte[] picture = {(byte) 0xFB, (byte) 0xFF, (byte) 0xFE, 1};
        Content content = Content.builder()
                .role("user")
                .parts(Part.fromText("look"), Part.fromBytes(picture, "image/png"))
                .build();

        assertThat(ann.models.generateContent(model, content, config().build()).text())
                .isEqualTo("You said: look");
        assertThat(google.last().body().toString()).contains("\"mimeType\":\"image/png\"", "\"+//+AQ==\"");
    }

    @Test
    void getsPictures() {
        GenerateContentResponse answer = ann.models.generateContent(
                DRAWS, "draw", config().responseModalities("TEXT", "IMAGE").build());

        assertThat(answer.parts().getLast().inlineData().orElseThrow().mimeType())
                .contains("image/png");
        assertThat(answer.parts().getLast().inlineData().orElseThrow().data().orElseThrow())
                .isNotEmpty();
    }

    @Test
    void listsAndCounts() {
        List<String> names = new ArrayList<>();
        for (Model model : ann.models.list(
                com.google.genai.types.ListModelsConfig.builder().pageSize(2).build()))
            names.add(model.name().orElse(""));

        assertThat(names).contains("models/" + GOOGLE, "models/" + OPENAI).doesNotHaveDuplicates();
        assertThat(ann.models.get(GOOGLE, null).name()).contains("models/" + GOOGLE);
        int asked = google.asked().size();
        assertThat(ann.models.countTokens(GOOGLE, "hello world", null).totalTokens())
                .contains(3);
        assertThat(google.asked()).hasSize(asked);
    }

    @Test
    void everythingThatIsRefusedIsTypedAsGoogleTypesIt() throws Exception {
        thrown(client("sk-" + "x".repeat(48)), GOOGLE, "hello", ClientException.class, 401, "UNAUTHENTICATED");
        thrown(client(site.user("poor", 1).key()), GOOGLE, "hello", ClientException.class, 403, "PERMISSION_DENIED");
        thrown(ann, "gemini-nothing", "hello", ClientException.class, 404, "NOT_FOUND");
        thrown(ann, GOOGLE, "", ClientException.class, 400, "INVALID_ARGUMENT");
    }

    @ParameterizedTest
    @ValueSource(strings = {GOOGLE, BEHIND_OPENAI})
    void whatGoesWrongAtTheProviderIsTypedAsGoogleTypesIt(String model) {
        thrown(ann, model, "fail:429", ClientException.class, 429, "RESOURCE_EXHAUSTED");
        thrown(ann, model, "fail:500", ServerException.class, 500, "INTERNAL");
    }

    private static void thrown(
            Client client, String model, String text, Class<? extends ApiException> type, int code, String status) {
        site.forgetsFailures();
        ApiException thrown =
                catchThrowableOfType(type, () -> client.models.generateContent(model, text, config().build()));

        assertThat(thrown).isNotNull();
        assertThat(thrown.code()).isEqualTo(code);
        assertThat(thrown.status()).isEqualTo(status);
        site.forgetsFailures();
        ApiException streamed =
                catchThrowableOfType(type, () -> stream(client, model, List.of(user(text)), config().build()));
        assertThat(streamed).isNotNull();
        assertThat(streamed.code()).isEqualTo(code);
    }

    @Test
    void aBlockedPromptHasNoAnswerButAReason() {
        GenerateContentResponse blocked = ask(GOOGLE, "fail:blocked");

        assertThat(blocked.promptFeedback()
                        .orElseThrow()
                        .blockReason()
                        .orElseThrow()
                        .toString())
                .isEqualTo("SAFETY");
        thrown(ann, BEHIND_OPENAI, "fail:blocked", ClientException.class, 400, "INVALID_ARGUMENT");
    }
}
