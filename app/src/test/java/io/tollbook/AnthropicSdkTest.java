package io.tollbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.OverloadedException;
import com.anthropic.errors.PaymentRequiredException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.JsonOutputFormat;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.anthropic.models.messages.Usage;
import com.anthropic.models.models.ModelInfo;
import io.tollbook.bench.vendor.OpenAiDouble.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Anthropic's own Java client, unmodified, against the whole product, over providers of each dialect. */
class AnthropicSdkTest {
    private static final Call WEATHER = new Call("call_1", "weather", "{\"city\":\"Zürich\"}");
    private static final Call NOW = new Call("call_2", "now", "{}");

    private static TestSite site;
    private static Upstreams upstreams;
    private static AnthropicClient ann;

    @BeforeAll
    static void start() throws Exception {
        site = new TestSite();
        upstreams = new Upstreams(site);
        ann = client(site.user("ann", 1_000_000_000L).key());
    }

    @AfterAll
    static void stop() throws Exception {
        ann.close();
        upstreams.close();
        site.close();
    }

    private static AnthropicClient client(String key) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(site.base.toString())
                .apiKey(key)
                .maxRetries(0)
                .timeout(Duration.ofSeconds(60))
                .build();
    }

    private static MessageCreateParams.Builder ask(Upstreams.Spoken spoken) {
        return MessageCreateParams.builder()
                .model(spoken.model())
                .maxTokens(4_000)
                .addUserMessage("Hello");
    }

    private static Message streamed(MessageCreateParams asked) {
        MessageAccumulator accumulator = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = ann.messages().createStreaming(asked)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.message();
    }

    /** Asks for an answer whole and as a stream: the client reads the same of both. */
    private static Message said(MessageCreateParams asked) {
        Message whole = ann.messages().create(asked);
        Message streamed = streamed(asked);

        assertThat(whole.isValid()).isTrue();
        assertThat(streamed.content()).isEqualTo(whole.content());
        assertThat(streamed.stopReason()).isEqualTo(whole.stopReason());
        assertThat(streamed.usage().outputTokens()).isEqualTo(whole.usage().outputTokens());
        assertThat(streamed.usage().inputTokens()).isEqualTo(whole.usage().inputTokens());
        return whole;
    }

    private static JsonNode sent(Upstreams.Spoken spoken) {
        return JsonMapper.shared().readTree(upstreams.of(spoken).last().body());
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatTheModelSaid(Upstreams.Spoken spoken) {
        upstreams.says(spoken, null, "Grüezi, \"world\".\n");
        Message message = said(ask(spoken)
                .system("Be brief.")
                .putAdditionalBodyProperty("temperature", JsonValue.from(0))
                .build());

        assertThat(message.content())
                .singleElement()
                .satisfies(block -> assertThat(block.asText().text()).isEqualTo("Grüezi, \"world\".\n"));
        assertThat(message.stopReason()).contains(StopReason.END_TURN);
        assertThat(message.model().asString()).isEqualTo(spoken.model());
    }

    /** Of 100 prompt tokens 60 were cached, and Claude's clients read these apart. */
    @ParameterizedTest
    @EnumSource
    void readsUsageAsClaudeCountsIt(Upstreams.Spoken spoken) {
        upstreams.says(spoken, null, "x");
        Usage usage = said(ask(spoken).build()).usage();

        assertThat(usage.inputTokens()).isEqualTo(40);
        assertThat(usage.cacheReadInputTokens()).contains(60L);
        assertThat(usage.outputTokens()).isEqualTo(20);
    }

    private static Tool tool(String name) {
        return Tool.builder()
                .name(name)
                .description("Tells it.")
                .inputSchema(Tool.InputSchema.builder()
                        .properties(Tool.InputSchema.Properties.builder()
                                .putAdditionalProperty("city", JsonValue.from(Map.of("type", "string")))
                                .build())
                        .build())
                .build();
    }

    private static ContentBlockParam result(ToolUseBlock call, String text) {
        return ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                .toolUseId(call.id())
                .content(text)
                .build());
    }

    @ParameterizedTest
    @EnumSource
    void callsToolsSideBySideAndReadsTheirResultsInAnyOrder(Upstreams.Spoken spoken) {
        upstreams.says(spoken, "Two things.", "I look.", WEATHER, NOW);
        MessageCreateParams asked = ask(spoken)
                .addTool(tool("weather"))
                .addTool(tool("now"))
                .enabledThinking(2_000)
                .build();
        Message message = said(asked);
        List<ToolUseBlock> calls = message.content().stream()
                .flatMap(block -> block.toolUse().stream())
                .toList();

        assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(calls).extracting(ToolUseBlock::name).containsExactly("weather", "now");
        assertThat(calls.getFirst()._input().convert(Map.class)).isEqualTo(Map.of("city", "Zürich"));
        assertThat(calls.getLast()._input().convert(Map.class)).isEqualTo(Map.of());

        upstreams.says(spoken, null, "It rains.");
        Message answer = said(asked.toBuilder()
                .addMessage(message)
                .addUserMessageOfContentBlockParams(
                        List.of(result(calls.getLast(), "noon"), result(calls.getFirst(), "rain")))
                .build());

        assertThat(answer.content().getLast().asText().text()).isEqualTo("It rains.");
        assertThat(sent(spoken).toString())
                .contains("rain", "noon", calls.getFirst().id());
    }

    @ParameterizedTest
    @EnumSource
    void seesThinkingAndShowsItAgain(Upstreams.Spoken spoken) {
        upstreams.says(spoken, "Hm, let me think.", "Done.");
        MessageCreateParams asked = ask(spoken).enabledThinking(2_000).build();
        Message message = said(asked);

        assertThat(message.content()).extracting(ContentBlock::isThinking).containsExactly(true, false);
        assertThat(message.content().getFirst().asThinking().thinking()).isEqualTo("Hm, let me think.");

        upstreams.says(spoken, null, "Again.");
        Message again = said(
                asked.toBuilder().addMessage(message).addUserMessage("And?").build());

        assertThat(again.content().getLast().asText().text()).isEqualTo("Again.");
    }

    @ParameterizedTest
    @EnumSource
    void showsPictures(Upstreams.Spoken spoken) {
        upstreams.says(spoken, null, "A dot.");
        Message message = said(ask(spoken)
                .addUserMessageOfContentBlockParams(List.of(
                        ContentBlockParam.ofText("What is it?"),
                        ContentBlockParam.ofImage(Base64ImageSource.builder()
                                .data("iVBORw0KGgo=")
                                .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
                                .build())))
                .build());

        assertThat(message.content().getFirst().asText().text()).isEqualTo("A dot.");
        assertThat(sent(spoken).toString()).contains("iVBORw0KGgo=");
    }

    @ParameterizedTest
    @EnumSource
    void asksForASchema(Upstreams.Spoken spoken) {
        upstreams.says(spoken, null, "{\"age\":7}");
        Map<String, Object> schema = Map.of(
                "type",
                "object",
                "properties",
                Map.of("age", Map.of("type", "integer")),
                "required",
                List.of("age"),
                "additionalProperties",
                false);
        said(ask(spoken)
                .outputConfig(OutputConfig.builder()
                        .format(JsonOutputFormat.builder()
                                .schema(JsonValue.from(schema).convert(JsonOutputFormat.Schema.class))
                                .build())
                        .build())
                .build());

        assertThat(sent(spoken).findValue("schema"))
                .isEqualTo(JsonMapper.shared().valueToTree(schema));
    }

    @Test
    void listsModelsAndCountsTokens() {
        assertThat(ann.models().list().autoPager().stream().map(ModelInfo::id))
                .contains(Upstreams.Spoken.CLAUDE.model(), "mock-gpt");
        assertThat(ann.models().retrieve("mock-gpt").id()).isEqualTo("mock-gpt");
        assertThat(ann.messages()
                        .countTokens(MessageCountTokensParams.builder()
                                .model("claude-sonnet-4-5")
                                .addUserMessage("Hello")
                                .build())
                        .inputTokens())
                .isPositive();
    }

    private static <E extends AnthropicServiceException> E thrown(Class<E> type, MessageCreateParams asked) {
        E whole = catchThrowableOfType(type, () -> ann.messages().create(asked));
        assertThat(whole).isNotNull();
        assertThat(catchThrowableOfType(type, () -> ann.messages().createStreaming(asked)))
                .isNotNull();
        assertThat(whole.requestId()).isPresent();
        return whole;
    }

    @ParameterizedTest
    @CsvSource({"529, overloaded_error, CLAUDE", "503, server_error, OPENAI"})
    void anOverloadedProviderIsOverloaded(int status, String type, Upstreams.Spoken spoken) {
        upstreams.fails(spoken, status, type, "Retry-After: 9");
        OverloadedException overloaded =
                thrown(OverloadedException.class, ask(spoken).build());

        assertThat(overloaded.headers().values("Retry-After")).containsExactly("9");
    }

    @ParameterizedTest
    @EnumSource
    void errorsHaveTheirTypes(Upstreams.Spoken spoken) {
        MessageCreateParams asked = ask(spoken).build();
        upstreams.fails(spoken, 429, "rate_limit_error");
        thrown(RateLimitException.class, asked);
        upstreams.fails(spoken, 400, "invalid_request_error");
        assertThat(thrown(BadRequestException.class, asked)).hasMessageContaining("why");
        upstreams.fails(spoken, 500, "api_error");
        thrown(InternalServerException.class, asked);
        thrown(
                NotFoundException.class,
                asked.toBuilder().model("claude-nothing").build());
        assertThat(thrown(
                        BadRequestException.class,
                        asked.toBuilder().maxTokens(-1).build()))
                .hasMessageContaining("max_tokens");
    }

    @Test
    void anErrorInsideAStreamReachesTheClient() {
        upstreams.says(Upstreams.Spoken.CLAUDE, null, "A long answer that breaks off.");
        upstreams.claude().failsInside(5);

        assertThat(catchThrowableOfType(
                        AnthropicServiceException.class,
                        () -> streamed(ask(Upstreams.Spoken.CLAUDE).build())))
                .hasMessageContaining("Overloaded");
    }

    @Test
    void strangersAndThePoorAreToldApart() throws Exception {
        MessageCreateParams asked = ask(Upstreams.Spoken.CLAUDE).build();
        AnthropicClient stranger = client("sk-" + "x".repeat(48));
        AnthropicClient poor = client(site.user("poor", 1).key());
        try {
            assertThat(catchThrowableOfType(
                            UnauthorizedException.class,
                            () -> stranger.messages().create(asked)))
                    .isNotNull();
            assertThat(catchThrowableOfType(
                            PaymentRequiredException.class,
                            () -> poor.messages().create(asked)))
                    .hasMessageContaining("billing_error");
        } finally {
            stranger.close();
            poor.close();
        }
    }
}
