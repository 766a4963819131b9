package io.tollbook.relay;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.JsonOutputFormat;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolChoiceAny;
import com.anthropic.models.messages.ToolResultBlockParam;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** Messages through Anthropic's client. */
final class ClaudeTalk implements Talk {
    private final AnthropicClient client;
    private final MessageCreateParams.Builder asked;

    ClaudeTalk(AnthropicClient client, String model, Set<Wish> wishes) {
        this.client = client;
        asked = MessageCreateParams.builder().model(model).maxTokens(LIMIT);
        if (wishes.contains(Wish.SETTINGS))
            asked.system(SYSTEM).putAdditionalBodyProperty("temperature", JsonValue.from(0));
        if (wishes.contains(Wish.STOPS)) asked.addStopSequence(STOP);
        if (wishes.contains(Wish.THINKING)) asked.enabledThinking(2_000);
        if (wishes.contains(Wish.MUST_CALL))
            asked.toolChoice(ToolChoiceAny.builder().build());
        if (wishes.contains(Wish.TOOLS))
            asked.addTool(Tool.builder()
                    .name(TOOL)
                    .description(TOOL_IS_FOR)
                    .inputSchema(JsonValue.from(PLACE).convert(Tool.InputSchema.class))
                    .build());
        if (wishes.contains(Wish.FORM))
            asked.outputConfig(OutputConfig.builder()
                    .format(JsonOutputFormat.builder()
                            .schema(JsonValue.from(WEATHER).convert(JsonOutputFormat.Schema.class))
                            .build())
                    .build());
    }

    @Override
    public Said say(boolean streamed, String text, byte[]... pictures) {
        List<ContentBlockParam> blocks = new ArrayList<>();
        blocks.add(ContentBlockParam.ofText(text));
        for (byte[] picture : pictures)
            blocks.add(ContentBlockParam.ofImage(Base64ImageSource.builder()
                    .data(Base64.getEncoder().encodeToString(picture))
                    .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
                    .build()));
        asked.addUserMessageOfContentBlockParams(blocks);
        return said(streamed);
    }

    @Override
    public Said results(boolean streamed, Map<String, String> results) {
        List<ContentBlockParam> blocks = new ArrayList<>();
        results.forEach((call, result) -> blocks.add(ContentBlockParam.ofToolResult(
                ToolResultBlockParam.builder().toolUseId(call).content(result).build())));
        asked.addUserMessageOfContentBlockParams(blocks);
        return said(streamed);
    }

    private Said said(boolean streamed) {
        if (!streamed) return said(client.messages().create(asked.build()), 1);
        MessageAccumulator all = MessageAccumulator.create();
        int pieces = 0;
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(asked.build())) {
            for (RawMessageStreamEvent event : (Iterable<RawMessageStreamEvent>) stream.stream()::iterator) {
                all.accumulate(event.validate());
                if (event.contentBlockDelta()
                        .filter(delta -> delta.delta().isText())
                        .isPresent()) pieces++;
            }
        }
        return said(all.message(), pieces);
    }

    private Said said(Message message, int pieces) {
        message.validate();
        asked.addMessage(message);
        StringBuilder thought = new StringBuilder();
        StringBuilder text = new StringBuilder();
        List<Call> calls = new ArrayList<>();
        for (ContentBlock block : message.content()) {
            block.thinking().ifPresent(one -> thought.append(one.thinking()));
            block.text().ifPresent(one -> text.append(one.text()));
            block.toolUse()
                    .ifPresent(call -> calls.add(new Call(
                            call.id(),
                            call.name(),
                            JsonMapper.shared().writeValueAsString(call._input().convert(Map.class)))));
        }
        long cached = message.usage().cacheReadInputTokens().orElse(0L);
        return new Said(
                thought.toString(),
                text.toString(),
                calls,
                switch (message.stopReason().orElseThrow().asString()) {
                    case "end_turn" -> "stop";
                    case "tool_use" -> "tools";
                    case "max_tokens" -> "length";
                    case String other -> other;
                },
                new Usage(
                        message.usage().inputTokens() + cached,
                        cached,
                        message.usage().outputTokens(),
                        0),
                pieces);
    }

    @Override
    public void close() {
        client.close();
    }
}
