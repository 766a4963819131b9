package io.tollbook.relay.dialect.claude;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.dialect.ClientRequest;
import io.tollbook.relay.dialect.PromptText;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A request for a message. */
public final class ClaudeRequest extends ClientRequest {
    private long maxTokens = -1;
    private boolean hasMessages;
    private boolean saysThinking;
    private boolean saysOutput;
    private boolean mustCall;
    private final List<Span> samplings = new ArrayList<>(0);

    private ClaudeRequest(byte[] body, PromptText prompt) {
        super(body, prompt);
        read();
    }

    /** @throws Refused INVALID with the field's name, for anything Anthropic would answer with 400 */
    public static ClaudeRequest read(byte[] body) {
        return new ClaudeRequest(body, PromptText.estimated());
    }

    @Override
    protected ClientRequest again(PromptText text) {
        return new ClaudeRequest(body, text);
    }

    @Override
    protected void field(String name, JsonParser parser) {
        switch (name) {
            case "model" -> readModel(parser);
            case "stream" -> stream = flag(parser, name);
            case "max_tokens" -> maxTokens = count(parser, name, 1, MAX_TOKENS_MAX, -1);
            case "messages" -> {
                if (parser.currentToken() != JsonToken.START_ARRAY) throw Refused.invalid("messages must be an array");
                hasMessages = prompt.readMessages(parser) > 0;
            }
            case "tools" -> prompt.readTools(parser);
            case "temperature", "top_p", "top_k" -> samplings.add(span(parser));
            case "tool_choice" -> readChoice(parser);
            case "thinking" -> {
                saysThinking = parser.currentToken() != JsonToken.VALUE_NULL;
                parser.skipChildren();
            }
            case "system", "output_config", "output_format", "mcp_servers" -> {
                saysOutput |= name.equals("output_config");
                prompt.readText(parser);
            }
            default -> parser.skipChildren();
        }
    }

    private void readChoice(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean isType = parser.currentName().equals("type");
            if (parser.nextToken() == JsonToken.VALUE_STRING && isType)
                mustCall =
                        parser.getString().equals("any") || parser.getString().equals("tool");
            parser.skipChildren();
        }
    }

    @Override
    protected void check() {
        requireModel();
        if (!hasMessages) throw Refused.invalid("messages: at least one message is required");
        if (maxTokens < 0) throw Refused.invalid("max_tokens: Field required");
    }

    @Override
    public long outputTokensMax(long longest) {
        return maxTokens;
    }

    @Override
    public Conversation conversation() {
        return ClaudeRequestReader.read(body);
    }

    @Override
    protected String nameFor(String upstreamModel) {
        return ClaudeModel.of(upstreamModel).name();
    }

    /** A suffix of the model's name is said in fields, unless the client has said something itself. */
    @Override
    protected void edit(String upstreamModel, List<Edit> edits) {
        ClaudeModel named = ClaudeModel.of(upstreamModel);
        // Anthropic refuses thinking in front of a call that must be.
        if (named.thinking() == null || saysThinking || mustCall) return;
        ClaudeThinking thinking = ClaudeThinking.of(named, null, maxTokens);
        if (thinking == null) return;
        Span end = new Span(rootEnd, rootEnd);
        String effort = thinking.effort() == null || saysOutput
                ? ""
                : ",\"output_config\":{\"effort\":\"" + thinking.effort() + "\"}";
        edits.add(Edit.at(
                end,
                thinking.budget() > 0
                        ? ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":" + thinking.budget() + "}"
                        : ",\"thinking\":{\"type\":\"adaptive\"}" + effort));
        // Anthropic refuses these beside thinking.
        for (Span sampling : samplings) edits.add(Edit.at(sampling, "null"));
    }

    /** How many tokens the prompt has about: what Claude's clients are told before the provider has counted. */
    long promptTokensLikely() {
        return ClaudeTokens.of(body);
    }
}
