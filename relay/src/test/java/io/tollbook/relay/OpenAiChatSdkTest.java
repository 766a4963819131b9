package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.SseException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ReasoningEffort;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenAI's own Java client for chat completions, unmodified, whatever the provider speaks. */
@ParameterizedClass
@EnumSource(Spoken.class)
class OpenAiChatSdkTest {
    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private final Spoken spoken;
    private OpenAIClient client;

    OpenAiChatSdkTest(Spoken spoken) {
        this.spoken = spoken;
    }

    @BeforeEach
    void start() {
        spoken.serve(site);
        client = OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + site.port() + "/v1")
                .apiKey("sk-" + RelaySite.KEY)
                .maxRetries(0)
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
    }

    private static ChatCompletionCreateParams.Builder ask(String text) {
        return ChatCompletionCreateParams.builder().model("gpt").addUserMessage(text);
    }

    private static ChatCompletionFunctionTool weather() {
        return ChatCompletionFunctionTool.builder()
                .function(FunctionDefinition.builder()
                        .name("get_weather")
                        .parameters(FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty(
                                        "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                                .build())
                        .build())
                .build();
    }

    private static String text(ChatCompletion completion) {
        return completion.choices().getFirst().message().content().orElse("");
    }

    private ChatCompletion streamed(ChatCompletionCreateParams.Builder asked, List<ChatCompletionChunk> chunks) {
        ChatCompletionAccumulator all = ChatCompletionAccumulator.create();
        asked.streamOptions(
                ChatCompletionStreamOptions.builder().includeUsage(true).build());
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(asked.build())) {
            stream.stream().peek(chunks::add).forEach(all::accumulate);
        }
        return all.chatCompletion();
    }

    private static void used(ChatCompletion completion) {
        assertThat(completion.usage()).hasValueSatisfying(usage -> {
            assertThat(usage.promptTokens()).isEqualTo(Model.INPUT);
            assertThat(usage.completionTokens()).isEqualTo(Model.OUTPUT);
            assertThat(usage.promptTokensDetails().orElseThrow().cachedTokens()).contains((long) Model.CACHED);
            assertThat(usage.completionTokensDetails().orElseThrow().reasoningTokens())
                    .contains((long) Model.REASONING);
        });
    }

    @Test
    void answers() {
        ChatCompletion completion =
                client.chat().completions().create(ask("hello").build());

        assertThat(text(completion)).isEqualTo(Model.TEXT);
        assertThat(completion.choices().getFirst().finishReason().asString()).isEqualTo("stop");
        used(completion);
    }

    @Test
    void streams() {
        List<ChatCompletionChunk> chunks = new ArrayList<>();
        ChatCompletion completion = streamed(ask("hello"), chunks);

        assertThat(text(completion)).isEqualTo(Model.TEXT);
        assertThat(chunks).hasSizeGreaterThan(3);
        used(completion);
    }

    @Test
    void callsToolsAndReadsTheirResults() {
        ChatCompletionCreateParams.Builder asked = ask("the weather in both?").addTool(weather());
        ChatCompletionMessage message = client.chat()
                .completions()
                .create(asked.build())
                .choices()
                .getFirst()
                .message();
        assertThat(message.toolCalls().orElseThrow()).hasSize(2);
        asked.addMessage(message);
        for (String city : List.of("Oslo", "Paris"))
            asked.addMessage(ChatCompletionToolMessageParam.builder()
                    .toolCallId("call_" + city)
                    .content("rain in " + city)
                    .build());

        assertThat(text(client.chat().completions().create(asked.build())))
                .isEqualTo("Got rain in Paris and rain in Oslo");
    }

    /** Trap 2: the stream helper counts on indexes from 0. */
    @Test
    void streamsCalls() {
        ChatCompletion completion = streamed(ask("the weather in both?").addTool(weather()), new ArrayList<>());

        assertThat(completion.choices().getFirst().finishReason().asString()).isEqualTo("tool_calls");
        assertThat(completion.choices().getFirst().message().toolCalls().orElseThrow())
                .extracting(call ->
                        call.asFunction().id() + call.asFunction().function().arguments())
                .containsExactly("call_Paris{\"city\":\"Paris\"}", "call_Oslo{\"city\":\"Oslo\"}");
    }

    @Test
    void looksAtPictures() {
        ChatCompletion completion = client.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("gpt")
                        .addUserMessageOfArrayOfContentParts(List.of(
                                ChatCompletionContentPart.ofText(ChatCompletionContentPartText.builder()
                                        .text("What is it?")
                                        .build()),
                                ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
                                        .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder()
                                                .url("data:image/png;base64,iVBORw0KGgo=")
                                                .build())
                                        .build())))
                        .build());

        assertThat(text(completion)).isEqualTo("I see 1.");
    }

    /** Trap 5. */
    @Test
    void thinkingComesBack() {
        ChatCompletionCreateParams.Builder asked =
                ask("the weather?").addTool(weather()).reasoningEffort(ReasoningEffort.LOW);
        ChatCompletionMessage message = client.chat()
                .completions()
                .create(asked.build())
                .choices()
                .getFirst()
                .message();
        assertThat(message._additionalProperties().get("reasoning_content").asString())
                .contains(Model.THOUGHT);
        asked.addMessage(message.toParam().toBuilder()
                .putAllAdditionalProperties(
                        spoken.seals()
                                ? Map.of(
                                        "reasoning_details",
                                        message._additionalProperties().get("reasoning_details"))
                                : Map.of())
                .build());
        asked.addMessage(ChatCompletionToolMessageParam.builder()
                .toolCallId("call_Paris")
                .content("rain")
                .build());
        site.first.forget();

        assertThat(text(client.chat().completions().create(asked.build()))).isEqualTo("Got rain");
        if (spoken.seals()) assertThat(site.first.last().body()).contains(Model.SEAL);
    }

    /** What the answer must look like. */
    static final class Weather {
        public String city;
        public int degrees;
    }

    @Test
    void answersInAForm() {
        var completion = client.chat()
                .completions()
                .create(ask("the weather?").responseFormat(Weather.class).build());
        Weather weather = completion.choices().getFirst().message().content().orElseThrow();

        assertThat(weather.city).isEqualTo("Paris");
        assertThat(weather.degrees).isEqualTo(21);
    }

    @Test
    void whatTheProviderRefusesIsABadRequest() {
        BadRequestException refused = catchThrowableOfType(
                BadRequestException.class,
                () -> client.chat()
                        .completions()
                        .create(ChatCompletionCreateParams.builder()
                                .model("gpt")
                                .addUserMessage("x")
                                .addMessage(ChatCompletionToolMessageParam.builder()
                                        .toolCallId("nobodys")
                                        .content("x")
                                        .build())
                                .build()));

        assertThat(refused.statusCode()).isEqualTo(400);
    }

    @Test
    void anErrorInTheMiddleOfAStreamIsRaised() throws IOException {
        site.first.answers(asked -> spoken.breakOff(asked));
        List<ChatCompletionChunk> chunks = new ArrayList<>();

        assertThat(catchThrowableOfType(SseException.class, () -> streamed(ask("hello"), chunks)))
                .isNotNull();
        assertThat(chunks).isNotEmpty();
    }
}
