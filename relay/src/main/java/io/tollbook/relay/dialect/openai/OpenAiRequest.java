package io.tollbook.relay.dialect.openai;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.dialect.ClientRequest;
import io.tollbook.relay.dialect.PromptText;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A request for chat completions. For a provider it is edited in at most two places. */
public final class OpenAiRequest extends UsageAsking {
    private long maxTokens = -1;
    private long maxCompletionTokens = -1;
    private int answers = 1;
    private boolean hasMessages;

    private OpenAiRequest(byte[] body, PromptText prompt) {
        super(body, prompt);
        read();
    }

    /** @throws Refused INVALID with the field's name, for anything OpenAI would answer with 400 */
    public static OpenAiRequest read(byte[] body) {
        return new OpenAiRequest(body, PromptText.estimated());
    }

    @Override
    protected ClientRequest again(PromptText text) {
        return new OpenAiRequest(body, text);
    }

    @Override
    protected void field(String name, JsonParser parser) {
        switch (name) {
            case "model" -> readModel(parser);
            case "stream" -> stream = flag(parser, name);
            case "max_tokens" -> maxTokens = count(parser, name, 0, MAX_TOKENS_MAX, -1);
            case "max_completion_tokens" -> maxCompletionTokens = count(parser, name, 0, MAX_TOKENS_MAX, -1);
            case "n" -> answers = Math.max(1, (int) count(parser, name, 0, ANSWERS_MAX, 1));
            case "stream_options" -> readStreamOptions(parser);
            case "messages" -> {
                if (parser.currentToken() != JsonToken.START_ARRAY) throw Refused.invalid("messages must be an array");
                hasMessages = prompt.readMessages(parser) > 0;
            }
            case "tools", "functions" -> prompt.readTools(parser);
            case "response_format", "prediction" -> prompt.readText(parser);
            default -> parser.skipChildren();
        }
    }

    @Override
    protected void check() {
        requireModel();
        if (!hasMessages) throw Refused.invalid("field messages is required");
    }

    @Override
    public long outputTokensMax(long longest) {
        long asked = Math.max(maxTokens, maxCompletionTokens);
        return (asked > 0 ? asked : longest) * answers;
    }

    @Override
    public Conversation conversation() {
        return OpenAiRequestReader.read(body);
    }
}
