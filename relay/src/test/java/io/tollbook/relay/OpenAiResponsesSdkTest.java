package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.SseException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseInputContent;
import com.openai.models.responses.ResponseInputImage;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseInputText;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import io.tollbook.kernel.account.Meter;
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

/** OpenAI's own Java client for Responses, unmodified, whatever the provider speaks. */
@ParameterizedClass
@EnumSource(Spoken.class)
class OpenAiResponsesSdkTest {
    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private final Spoken spoken;
    private OpenAIClient client;

    OpenAiResponsesSdkTest(Spoken spoken) {
        this.spoken = spoken;
    }

    @BeforeEach
    void start() {
        spoken.serve(site);
        client = client(RelaySite.KEY);
    }

    @AfterEach
    void stop() {
        client.close();
    }

    private static OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + site.port() + "/v1")
                .apiKey("sk-" + key)
                .maxRetries(0)
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    private static ResponseCreateParams.Builder ask(String input) {
        return ResponseCreateParams.builder().model("gpt").input(input);
    }

    private static FunctionTool weather() {
        return FunctionTool.builder()
                .name("get_weather")
                .description("The weather in a city.")
                .parameters(FunctionTool.Parameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                        .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                        .build())
                .strict(true)
                .build();
    }

    private static String text(Response response) {
        StringBuilder text = new StringBuilder();
        response.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(content -> content.outputText().stream())
                .forEach(part -> text.append(part.text()));
        return text.toString();
    }

    private static List<ResponseFunctionToolCall> calls(Response response) {
        return response.output().stream()
                .flatMap(item -> item.functionCall().stream())
                .toList();
    }

    private Response streamed(ResponseCreateParams asked, List<ResponseStreamEvent> events) {
        ResponseAccumulator all = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(asked)) {
            stream.stream().peek(events::add).forEach(all::accumulate);
        }
        return all.response();
    }

    private static void used(Response response) {
        assertThat(response.usage()).hasValueSatisfying(usage -> {
            assertThat(usage.inputTokens()).isEqualTo(Model.INPUT);
            assertThat(usage.inputTokensDetails().cachedTokens()).isEqualTo(Model.CACHED);
            assertThat(usage.outputTokens()).isEqualTo(Model.OUTPUT);
            assertThat(usage.outputTokensDetails().reasoningTokens()).isEqualTo(Model.REASONING);
        });
        var meters = site.settled().meters();
        assertThat(meters.of(Meter.INPUT)).isEqualTo(Model.INPUT - Model.CACHED);
        assertThat(meters.of(Meter.REASONING)).isEqualTo(Model.REASONING);
    }

    @Test
    void answers() {
        Response response =
                client.responses().create(ask("hello").instructions("Be short.").build());

        assertThat(text(response)).isEqualTo(Model.TEXT);
        assertThat(response.status()).contains(ResponseStatus.COMPLETED);
        response.validate();
        used(response);
    }

    @Test
    void streams() {
        List<ResponseStreamEvent> events = new ArrayList<>();
        Response response = streamed(ask("hello").build(), events);

        assertThat(text(response)).isEqualTo(Model.TEXT);
        StringBuilder pieces = new StringBuilder();
        events.stream()
                .flatMap(event -> event.outputTextDelta().stream())
                .forEach(delta -> pieces.append(delta.delta()));
        assertThat(pieces).hasToString(Model.TEXT);
        events.forEach(ResponseStreamEvent::validate);
        used(response);
    }

    @Test
    void callsToolsAndReadsTheirResults() {
        ResponseCreateParams asked = ask("the weather in both?")
                .addTool(weather())
                .parallelToolCalls(true)
                .build();
        Response response = client.responses().create(asked);
        assertThat(calls(response))
                .extracting(ResponseFunctionToolCall::callId)
                .containsExactly("call_Paris", "call_Oslo");

        List<ResponseInputItem> items = new ArrayList<>();
        items.add(ResponseInputItem.ofEasyInputMessage(com.openai.models.responses.EasyInputMessage.builder()
                .role(com.openai.models.responses.EasyInputMessage.Role.USER)
                .content("the weather in both?")
                .build()));
        response.output().forEach(item -> items.add(again(item)));
        // In another order than the calls.
        for (String city : List.of("Oslo", "Paris"))
            items.add(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                    .callId("call_" + city)
                    .output("rain in " + city)
                    .build()));
        Response last = client.responses()
                .create(asked.toBuilder().inputOfResponse(items).build());

        assertThat(text(last)).isEqualTo("Got rain in Paris and rain in Oslo");
    }

    private static ResponseInputItem again(ResponseOutputItem item) {
        return item.message()
                .map(ResponseInputItem::ofResponseOutputMessage)
                .or(() -> item.functionCall().map(ResponseInputItem::ofFunctionCall))
                .or(() -> item.reasoning().map(ResponseInputItem::ofReasoning))
                .orElseThrow();
    }

    @Test
    void streamsCalls() {
        List<ResponseStreamEvent> events = new ArrayList<>();
        Response response =
                streamed(ask("the weather in both?").addTool(weather()).build(), events);

        assertThat(calls(response))
                .extracting(ResponseFunctionToolCall::arguments)
                .containsExactly("{\"city\":\"Paris\"}", "{\"city\":\"Oslo\"}");
        assertThat(events.stream()
                        .flatMap(event -> event.functionCallArgumentsDone().stream())
                        .map(done -> done.arguments()))
                .containsExactly("{\"city\":\"Paris\"}", "{\"city\":\"Oslo\"}");
        assertThat(text(response)).isEqualTo("I look.");
    }

    @Test
    void looksAtPictures() {
        Response response = client.responses()
                .create(ResponseCreateParams.builder()
                        .model("gpt")
                        .inputOfResponse(List.of(ResponseInputItem.ofMessage(ResponseInputItem.Message.builder()
                                .role(ResponseInputItem.Message.Role.USER)
                                .addContent(ResponseInputContent.ofInputText(ResponseInputText.builder()
                                        .text("What is it?")
                                        .build()))
                                .addContent(ResponseInputContent.ofInputImage(ResponseInputImage.builder()
                                        .imageUrl("data:image/png;base64,iVBORw0KGgo=")
                                        .detail(ResponseInputImage.Detail.AUTO)
                                        .build()))
                                .build())))
                        .build());

        assertThat(text(response)).isEqualTo("I see 1.");
    }

    /** Trap 5: what was thought in one turn is shown again in the next, sealed where its maker sealed it. */
    @Test
    void thinkingComesBack() {
        ResponseCreateParams asked = ask("the weather?")
                .addTool(weather())
                .reasoning(Reasoning.builder()
                        .effort(ReasoningEffort.LOW)
                        .summary(Reasoning.Summary.AUTO)
                        .build())
                .addInclude(ResponseIncludable.REASONING_ENCRYPTED_CONTENT)
                .store(false)
                .build();
        List<ResponseStreamEvent> events = new ArrayList<>();
        Response response = streamed(asked, events);
        assertThat(response.output()
                        .getFirst()
                        .asReasoning()
                        .summary()
                        .getFirst()
                        .text())
                .isEqualTo(Model.THOUGHT);

        List<ResponseInputItem> items = new ArrayList<>();
        items.add(ResponseInputItem.ofEasyInputMessage(com.openai.models.responses.EasyInputMessage.builder()
                .role(com.openai.models.responses.EasyInputMessage.Role.USER)
                .content("the weather?")
                .build()));
        response.output().forEach(item -> items.add(again(item)));
        items.add(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                .callId("call_Paris")
                .output("rain")
                .build()));
        site.first.forget();
        Response last = client.responses()
                .create(asked.toBuilder().inputOfResponse(items).build());

        assertThat(text(last)).isEqualTo("Got rain");
        if (spoken.seals()) assertThat(site.first.last().body()).contains(Model.SEAL);
    }

    /** What the answer must look like. */
    static final class Weather {
        public String city;
        public int degrees;
    }

    @Test
    void answersInAForm() {
        var response = client.responses()
                .create(ask("the weather?").text(Weather.class).build());
        Weather weather = response.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(content -> content.outputText().stream())
                .findFirst()
                .orElseThrow();

        assertThat(weather.city).isEqualTo("Paris");
        assertThat(weather.degrees).isEqualTo(21);
    }

    @Test
    void errorsHaveTheirTypes() {
        BadRequestException background = catchThrowableOfType(
                BadRequestException.class,
                () -> client.responses().create(ask("x").background(true).build()));
        assertThat(background.statusCode()).isEqualTo(400);
        assertThat(background.getMessage()).contains("background must be false");
        assertThat(catchThrowableOfType(
                        NotFoundException.class,
                        () -> client.responses()
                                .create(ask("x").model("gpt-nothing").build())))
                .isNotNull();
        try (var stranger = new Closing(client("x".repeat(48)))) {
            assertThat(catchThrowableOfType(
                            UnauthorizedException.class,
                            () -> stranger.client.responses().create(ask("x").build())))
                    .isNotNull();
        }
    }

    private record Closing(OpenAIClient client) implements AutoCloseable {
        @Override
        public void close() {
            client.close();
        }
    }

    @Test
    void anErrorInTheMiddleOfAStreamIsRaised() throws IOException {
        site.first.answers(asked -> spoken.breakOff(asked));
        List<ResponseStreamEvent> events = new ArrayList<>();
        SseException raised = catchThrowableOfType(
                SseException.class, () -> streamed(ask("hello").build(), events));

        assertThat(raised).isNotNull();
        assertThat(events).isNotEmpty();
        assertThat(site.settled().attempts()).hasSize(1);
    }
}
