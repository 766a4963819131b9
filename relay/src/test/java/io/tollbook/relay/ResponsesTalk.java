package io.tollbook.relay;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFormatTextJsonSchemaConfig;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseInputContent;
import com.openai.models.responses.ResponseInputImage;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseInputText;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseTextConfig;
import com.openai.models.responses.ResponseUsage;
import com.openai.models.responses.ToolChoiceOptions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Responses through OpenAI's client, which checks every event and every item. */
final class ResponsesTalk implements Talk {
    private final OpenAIClient client;
    private final ResponseCreateParams.Builder asked;
    private final List<ResponseInputItem> items = new ArrayList<>();

    ResponsesTalk(OpenAIClient client, String model, Set<Wish> wishes) {
        this.client = client;
        asked = ResponseCreateParams.builder()
                .model(model)
                .maxOutputTokens(LIMIT)
                .store(false);
        if (wishes.contains(Wish.SETTINGS)) asked.instructions(SYSTEM).temperature(0.0);
        if (wishes.contains(Wish.THINKING))
            asked.reasoning(Reasoning.builder()
                            .effort(ReasoningEffort.LOW)
                            .summary(Reasoning.Summary.AUTO)
                            .build())
                    .addInclude(ResponseIncludable.REASONING_ENCRYPTED_CONTENT);
        if (wishes.contains(Wish.MUST_CALL)) asked.toolChoice(ToolChoiceOptions.REQUIRED);
        if (wishes.contains(Wish.TOOLS))
            asked.addTool(FunctionTool.builder()
                    .name(TOOL)
                    .description(TOOL_IS_FOR)
                    .parameters(JsonValue.from(PLACE).convert(FunctionTool.Parameters.class))
                    .strict(true)
                    .build());
        if (wishes.contains(Wish.FORM))
            asked.text(ResponseTextConfig.builder()
                    .format(ResponseFormatTextJsonSchemaConfig.builder()
                            .name("weather")
                            .strict(true)
                            .schema(JsonValue.from(WEATHER).convert(ResponseFormatTextJsonSchemaConfig.Schema.class))
                            .build())
                    .build());
    }

    @Override
    public Said say(boolean streamed, String text, byte[]... pictures) {
        ResponseInputItem.Message.Builder message = ResponseInputItem.Message.builder()
                .role(ResponseInputItem.Message.Role.USER)
                .addContent(ResponseInputContent.ofInputText(
                        ResponseInputText.builder().text(text).build()));
        for (byte[] picture : pictures)
            message.addContent(ResponseInputContent.ofInputImage(ResponseInputImage.builder()
                    .imageUrl("data:image/png;base64," + Base64.getEncoder().encodeToString(picture))
                    .detail(ResponseInputImage.Detail.AUTO)
                    .build()));
        items.add(ResponseInputItem.ofMessage(message.build()));
        return said(streamed);
    }

    @Override
    public Said results(boolean streamed, Map<String, String> results) {
        results.forEach((call, result) ->
                items.add(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                        .callId(call)
                        .output(result)
                        .build())));
        return said(streamed);
    }

    private Said said(boolean streamed) {
        ResponseCreateParams params = asked.inputOfResponse(List.copyOf(items)).build();
        if (!streamed) return said(client.responses().create(params), 1);
        ResponseAccumulator all = ResponseAccumulator.create();
        StringBuilder pieced = new StringBuilder();
        int pieces = 0;
        try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(params)) {
            for (ResponseStreamEvent event : (Iterable<ResponseStreamEvent>) stream.stream()::iterator) {
                all.accumulate(event.validate());
                if (event.isOutputTextDelta()) {
                    pieces++;
                    pieced.append(event.asOutputTextDelta().delta());
                }
            }
        }
        Said said = said(all.response(), pieces);
        if (!pieced.toString().equals(said.text()))
            throw new AssertionError("in pieces: " + pieced + ", whole: " + said.text());
        return said;
    }

    private Said said(Response response, int pieces) {
        response.validate();
        StringBuilder thought = new StringBuilder();
        StringBuilder text = new StringBuilder();
        List<Call> calls = new ArrayList<>();
        for (ResponseOutputItem item : response.output()) {
            item.reasoning().ifPresent(one -> one.summary().forEach(part -> thought.append(part.text())));
            item.message().stream()
                    .flatMap(message -> message.content().stream())
                    .flatMap(content -> content.outputText().stream())
                    .forEach(part -> text.append(part.text()));
            item.functionCall().ifPresent(call -> calls.add(new Call(call.callId(), call.name(), call.arguments())));
            items.add(again(item));
        }
        ResponseUsage usage = response.usage().orElseThrow();
        String status = response.status().orElseThrow().asString();
        return new Said(
                thought.toString(),
                text.toString(),
                calls,
                switch (status) {
                    case "completed" -> calls.isEmpty() ? "stop" : "tools";
                    case "incomplete" ->
                        response.incompleteDetails()
                                        .orElseThrow()
                                        .reason()
                                        .orElseThrow()
                                        .asString()
                                        .equals("max_output_tokens")
                                ? "length"
                                : status;
                    default -> status;
                },
                new Usage(
                        usage.inputTokens(),
                        usage.inputTokensDetails().cachedTokens(),
                        usage.outputTokens(),
                        usage.outputTokensDetails().reasoningTokens()),
                pieces);
    }

    private static ResponseInputItem again(ResponseOutputItem item) {
        return item.message()
                .map(ResponseInputItem::ofResponseOutputMessage)
                .or(() -> item.functionCall().map(ResponseInputItem::ofFunctionCall))
                .or(() -> item.reasoning().map(ResponseInputItem::ofReasoning))
                .orElseThrow();
    }

    @Override
    public void close() {
        client.close();
    }
}
