package io.tollbook.relay;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionAssistantMessageParam;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.completions.CompletionUsage;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chat completions through OpenAI's client. Thinking comes and goes in fields beside the official ones. */
final class ChatTalk implements Talk {
    private static final String THINKING = "reasoning_content";
    private static final String SEALS = "reasoning_details";
    private static final String CALL_SEAL = "extra_content";

    private final OpenAIClient client;
    private final ChatCompletionCreateParams.Builder asked;

    ChatTalk(OpenAIClient client, String model, Set<Wish> wishes) {
        this.client = client;
        asked = ChatCompletionCreateParams.builder().model(model).maxCompletionTokens(LIMIT);
        asked.messages(List.of());
        if (wishes.contains(Wish.SETTINGS)) asked.addSystemMessage(SYSTEM).temperature(0.0);
        if (wishes.contains(Wish.STOPS)) asked.stop(STOP);
        if (wishes.contains(Wish.THINKING)) asked.reasoningEffort(ReasoningEffort.LOW);
        if (wishes.contains(Wish.MUST_CALL)) asked.toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED);
        if (wishes.contains(Wish.TOOLS))
            asked.addFunctionTool(FunctionDefinition.builder()
                    .name(TOOL)
                    .description(TOOL_IS_FOR)
                    .parameters(JsonValue.from(PLACE).convert(FunctionParameters.class))
                    .build());
        if (wishes.contains(Wish.FORM))
            asked.jsonSchemaResponseFormat(ResponseFormatJsonSchema.JsonSchema.builder()
                    .name("weather")
                    .strict(true)
                    .schema(JsonValue.from(WEATHER).convert(ResponseFormatJsonSchema.JsonSchema.Schema.class))
                    .build());
    }

    @Override
    public Said say(boolean streamed, String text, byte[]... pictures) {
        if (pictures.length == 0) asked.addUserMessage(text);
        else {
            List<ChatCompletionContentPart> parts = new ArrayList<>();
            parts.add(ChatCompletionContentPart.ofText(
                    ChatCompletionContentPartText.builder().text(text).build()));
            for (byte[] picture : pictures)
                parts.add(ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
                        .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder()
                                .url("data:image/png;base64,"
                                        + Base64.getEncoder().encodeToString(picture))
                                .build())
                        .build()));
            asked.addUserMessageOfArrayOfContentParts(parts);
        }
        return said(streamed);
    }

    @Override
    public Said results(boolean streamed, Map<String, String> results) {
        results.forEach((call, result) -> asked.addMessage(ChatCompletionToolMessageParam.builder()
                .toolCallId(call)
                .content(result)
                .build()));
        return said(streamed);
    }

    private Said said(boolean streamed) {
        return streamed
                ? stream()
                : said(client.chat().completions().create(asked.build()).validate(), new HashMap<>(), Map.of(), 1);
    }

    private Said stream() {
        ChatCompletionAccumulator all = ChatCompletionAccumulator.create();
        StringBuilder thought = new StringBuilder();
        List<JsonValue> seals = new ArrayList<>();
        Map<Integer, JsonValue> callSeals = new HashMap<>();
        int pieces = 0;
        ChatCompletionCreateParams streaming = asked.build().toBuilder()
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(streaming)) {
            for (ChatCompletionChunk chunk : (Iterable<ChatCompletionChunk>) stream.stream()::iterator) {
                all.accumulate(chunk.validate());
                for (ChatCompletionChunk.Choice choice : chunk.choices()) {
                    ChatCompletionChunk.Choice.Delta delta = choice.delta();
                    if (!delta.content().orElse("").isEmpty()) pieces++;
                    Map<String, JsonValue> more = delta._additionalProperties();
                    if (more.containsKey(THINKING))
                        thought.append(more.get(THINKING).convert(String.class));
                    if (more.containsKey(SEALS)) seals.addAll(array(more.get(SEALS)));
                    delta.toolCalls().orElse(List.of()).forEach(call -> {
                        JsonValue seal = call._additionalProperties().get(CALL_SEAL);
                        if (seal != null) callSeals.put((int) call.index(), seal);
                    });
                }
            }
        }
        Map<String, JsonValue> beside = new HashMap<>();
        if (!thought.isEmpty()) beside.put(THINKING, JsonValue.from(thought.toString()));
        if (!seals.isEmpty()) beside.put(SEALS, JsonValue.from(seals));
        return said(all.chatCompletion(), beside, callSeals, pieces);
    }

    private static List<JsonValue> array(JsonValue value) {
        List<JsonValue> all = new ArrayList<>();
        for (Object one : value.convert(List.class)) all.add(JsonValue.from(one));
        return all;
    }

    private Said said(
            ChatCompletion completion, Map<String, JsonValue> beside, Map<Integer, JsonValue> callSeals, int pieces) {
        ChatCompletion.Choice choice = completion.choices().getFirst();
        ChatCompletionMessage message = choice.message();
        for (String field : List.of(THINKING, SEALS)) {
            JsonValue value = message._additionalProperties().get(field);
            if (value != null) beside.putIfAbsent(field, value);
        }
        ChatCompletionAssistantMessageParam.Builder again =
                message.toParam().toBuilder().putAllAdditionalProperties(beside);
        List<ChatCompletionMessageToolCall> calls =
                new ArrayList<>(message.toolCalls().orElse(List.of()));
        callSeals.forEach((index, seal) -> calls.set(
                index,
                ChatCompletionMessageToolCall.ofFunction(calls.get(index).asFunction().toBuilder()
                        .putAdditionalProperty(CALL_SEAL, seal)
                        .build())));
        if (!calls.isEmpty()) again.toolCalls(calls);
        asked.addMessage(again.build());
        CompletionUsage usage = completion.usage().orElseThrow();
        return new Said(
                beside.containsKey(THINKING) ? beside.get(THINKING).convert(String.class) : "",
                message.content().orElse(""),
                calls.stream()
                        .map(call -> call.asFunction())
                        .map(call -> new Call(
                                call.id(),
                                call.function().name(),
                                call.function().arguments()))
                        .toList(),
                switch (choice.finishReason().asString()) {
                    case "tool_calls" -> "tools";
                    case String other -> other;
                },
                new Usage(
                        usage.promptTokens(),
                        usage.promptTokensDetails()
                                .flatMap(CompletionUsage.PromptTokensDetails::cachedTokens)
                                .orElse(0L),
                        usage.completionTokens(),
                        usage.completionTokensDetails()
                                .flatMap(CompletionUsage.CompletionTokensDetails::reasoningTokens)
                                .orElse(0L)),
                pieces);
    }

    @Override
    public void close() {
        client.close();
    }
}
