package io.tollbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ReasoningEffort;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import io.tollbook.bench.vendor.ClaudeRules;
import io.tollbook.bench.vendor.OpenAiDouble.Call;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** OpenAI's own Java client, unmodified, over a Claude provider that is as strict as the real one. */
class OpenAiOverClaudeTest {
    private static final Upstreams.Spoken CLAUDE = Upstreams.Spoken.CLAUDE;

    private static TestSite site;
    private static Upstreams upstreams;
    private static OpenAIClient ann;

    @BeforeAll
    static void start() throws Exception {
        site = new TestSite();
        upstreams = new Upstreams(site);
        ann = OpenAIOkHttpClient.builder()
                .baseUrl(site.base + "/v1")
                .apiKey(site.user("ann", 1_000_000_000L).key())
                .maxRetries(0)
                .timeout(Duration.ofSeconds(60))
                .build();
    }

    @AfterAll
    static void stop() throws Exception {
        ann.close();
        upstreams.close();
        site.close();
    }

    private static ChatCompletionCreateParams.Builder ask() {
        return ChatCompletionCreateParams.builder()
                .model(CLAUDE.model())
                .addSystemMessage("Be brief.")
                .addUserMessage("Hello");
    }

    /** Asks for an answer whole and as a stream: the client reads the same of both. */
    private static ChatCompletionMessage said(ChatCompletionCreateParams asked) {
        ChatCompletion whole = ann.chat().completions().create(asked);
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        ChatCompletionCreateParams streaming = asked.toBuilder()
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        try (StreamResponse<ChatCompletionChunk> stream =
                ann.chat().completions().createStreaming(streaming)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        ChatCompletion streamed = accumulator.chatCompletion();
        ChatCompletionMessage message = whole.choices().getFirst().message();

        assertThat(streamed.choices().getFirst().message().content()).isEqualTo(message.content());
        assertThat(streamed.choices().getFirst().message().toolCalls().orElse(List.of()))
                .isEqualTo(message.toolCalls().orElse(List.of()));
        assertThat(streamed.choices().getFirst().finishReason())
                .isEqualTo(whole.choices().getFirst().finishReason());
        for (ChatCompletion completion : new ChatCompletion[] {whole, streamed}) {
            assertThat(completion.usage().orElseThrow().promptTokens()).isEqualTo(100);
            assertThat(completion.usage().orElseThrow().completionTokens()).isEqualTo(20);
        }
        return message;
    }

    private static JsonNode sent() {
        return JsonMapper.shared().readTree(upstreams.of(CLAUDE).last().body());
    }

    @Test
    void saysWhatTheModelSaid() {
        upstreams.says(CLAUDE, null, "Grüezi, \"world\".");

        assertThat(said(ask().temperature(1.5).topP(0.5).stop("X").user("ann").build())
                        .content())
                .contains("Grüezi, \"world\".");
        assertThat(sent().path("system").path(0).path("text").asString()).isEqualTo("Be brief.");
        assertThat(sent().path("max_tokens").asLong()).isPositive();
    }

    private static FunctionDefinition function(String name) {
        return FunctionDefinition.builder()
                .name(name)
                .parameters(FunctionParameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty(
                                "properties", JsonValue.from(Map.of("city", Map.of("type", "string", "minLength", 1))))
                        .build())
                .strict(true)
                .build();
    }

    @Test
    void callsToolsSideBySideAndReadsTheirResultsInAnyOrder() {
        upstreams.says(
                CLAUDE,
                "Two things.",
                "I look.",
                new Call("toolu_1", "weather", "{\"city\":\"Zürich\"}"),
                new Call("toolu_2", "now", "{}"));
        ChatCompletionCreateParams asked = ask().addFunctionTool(function("weather"))
                .addFunctionTool(function("now"))
                .reasoningEffort(ReasoningEffort.HIGH)
                .parallelToolCalls(true)
                .build();
        ChatCompletionMessage message = said(asked);

        assertThat(message.toolCalls().orElseThrow())
                .extracting(call -> call.asFunction().id())
                .containsExactly("toolu_1", "toolu_2");
        assertThat(message._additionalProperties().get("reasoning_content").convert(String.class))
                .isEqualTo("Two things.");

        upstreams.says(CLAUDE, null, "It rains.");
        ChatCompletionMessage answer = said(asked.toBuilder()
                .addMessage(message)
                .addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId("toolu_2")
                        .content("noon")
                        .build())
                .addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId("toolu_1")
                        .content("rain")
                        .build())
                .build());

        assertThat(answer.content()).contains("It rains.");
        assertThat(sent().path("messages")).hasSize(3);
    }

    @Test
    void thinkingComesBackToItsMaker() throws Exception {
        upstreams.says(CLAUDE, "Hm.", "Done.");
        ChatCompletionCreateParams asked =
                ask().reasoningEffort(ReasoningEffort.LOW).build();
        ChatCompletionMessage message = said(asked);
        Map<String, Object> turn = new HashMap<>(Map.of("role", "assistant", "content", "Done."));
        message._additionalProperties().forEach((name, value) -> turn.put(name, value.convert(Object.class)));
        Map<String, Object> again = Map.of(
                "model",
                CLAUDE.model(),
                "reasoning_effort",
                "low",
                "messages",
                List.of(Map.of("role", "user", "content", "Hello"), turn, Map.of("role", "user", "content", "And?")));
        var answer = site.chat(
                site.user("bob", 1_000_000_000L).key(), JsonMapper.shared().writeValueAsString(again));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(sent().path("messages")
                        .path(1)
                        .path("content")
                        .path(0)
                        .path("type")
                        .asString())
                .isEqualTo("thinking");
    }

    @Test
    void streamedThinkingComesBackWithItsSeal() throws Exception {
        upstreams.says(CLAUDE, null, "Again.");
        String turn = "{\"role\":\"assistant\",\"content\":\"Done.\",\"reasoning_content\":\"Hm.\","
                + "\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"\",\"signature\":\"claude:"
                + ClaudeRules.signature("Hm.") + "\"}]}";
        var answer = site.chat(
                site.user("carl", 1_000_000_000L).key(),
                "{\"model\":\"" + CLAUDE.model() + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}," + turn
                        + ",{\"role\":\"user\",\"content\":\"And?\"}]}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(sent().path("messages")
                        .path(1)
                        .path("content")
                        .path(0)
                        .path("thinking")
                        .asString())
                .isEqualTo("Hm.");
    }

    @Test
    void errorsHaveTheirTypes() {
        upstreams.fails(CLAUDE, 529, "overloaded_error");
        assertThat(catchThrowableOfType(
                        InternalServerException.class,
                        () -> ann.chat().completions().create(ask().build())))
                .isNotNull();
        upstreams.says(CLAUDE, null, "x");
        assertThat(catchThrowableOfType(
                        BadRequestException.class,
                        () -> ann.chat().completions().create(ask().n(2).build())))
                .hasMessageContaining("(n)");
    }
}
