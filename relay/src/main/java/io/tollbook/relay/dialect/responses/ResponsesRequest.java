package io.tollbook.relay.dialect.responses;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.dialect.ClientRequest;
import io.tollbook.relay.dialect.Json;
import io.tollbook.relay.dialect.OwnDialect;
import io.tollbook.relay.dialect.PromptText;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A request for a response. For a provider of the same dialect nothing but a mapped model name is edited. */
public class ResponsesRequest extends ClientRequest {
    /** What a response before this one may have left: as much as most models can take. */
    private static final long STORED_TOKENS = 128 * 1024;

    private long maxOutputTokens = -1;
    private boolean hasInput;
    private @Nullable String stored;
    private boolean managed;
    private @Nullable Span tools;
    private @Nullable JsonNode told;
    private @Nullable ClientTools clientTools;

    protected ResponsesRequest(byte[] body, PromptText prompt) {
        super(body, prompt);
        read();
    }

    /** @throws Refused INVALID with the field's name, for anything OpenAI would answer with 400 */
    public static ResponsesRequest read(byte[] body) {
        return new ResponsesRequest(body, PromptText.estimated());
    }

    @Override
    protected ClientRequest again(PromptText text) {
        return new ResponsesRequest(body, text);
    }

    @Override
    protected void field(String name, JsonParser parser) {
        switch (name) {
            case "model" -> readModel(parser);
            case "stream" -> stream = flag(parser, name);
            case "max_output_tokens" -> maxOutputTokens = count(parser, name, 0, MAX_TOKENS_MAX, -1);
            case "input" -> readInput(parser);
            case "instructions", "text" -> prompt.readText(parser);
            case "tools" -> {
                int from = (int) parser.currentTokenLocation().getByteOffset();
                prompt.readTools(parser);
                tools = new Span(from, (int) parser.currentLocation().getByteOffset());
            }
            case "context_management" -> {
                managed = parser.currentToken() != JsonToken.VALUE_NULL;
                parser.skipChildren();
            }
            case "background" -> {
                // Its usage would only be known to who asks for the answer later, and nobody could be charged for it.
                if (flag(parser, name))
                    throw Refused.invalid("background must be false: a call is charged when it ends.");
            }
            case "previous_response_id", "conversation", "prompt" -> {
                if (parser.currentToken() != JsonToken.VALUE_NULL) stored = name;
                parser.skipChildren();
            }
            default -> parser.skipChildren();
        }
    }

    private void readInput(JsonParser parser) {
        switch (parser.currentToken()) {
            case VALUE_STRING -> {
                hasInput = true;
                prompt.readText(parser);
            }
            case START_ARRAY -> hasInput = prompt.readMessages(parser) > 0;
            case VALUE_NULL -> {}
            default -> throw Refused.invalid("input must be a string or an array of items");
        }
    }

    @Override
    protected void check() {
        requireModel();
        if (!hasInput && stored == null) throw Refused.invalid("Missing required parameter: 'input'.");
    }

    @Override
    public long outputTokensMax(long longest) {
        return maxOutputTokens > 0 ? maxOutputTokens : longest;
    }

    @Override
    public long promptTokensElsewhere() {
        return stored == null ? 0 : STORED_TOKENS;
    }

    @Override
    public Supplier<OwnDialect> ownDialect() {
        return this::matters;
    }

    /**
     * What OpenAI keeps, and what runs at OpenAI's, nobody else has; a search has everybody, each their own. Namespaces and a
     * search for tools are put for others in other words.
     */
    private OwnDialect matters() {
        if (stored != null || managed || refersToItems()) return OwnDialect.NEEDED;
        OwnDialect matters = OwnDialect.EQUAL;
        if (tools == null) return matters;
        for (JsonNode tool : Json.MAPPER.readTree(body, tools.from(), tools.to() - tools.from())) {
            String type = tool.path("type").stringValue("");
            if (type.equals("function") || type.equals("custom")) continue;
            boolean elsewhere = type.startsWith("web_search") || type.equals("namespace") || type.equals("tool_search");
            if (!elsewhere) return OwnDialect.NEEDED;
            matters = OwnDialect.BETTER;
        }
        return matters;
    }

    private boolean refersToItems() {
        for (JsonNode item : Json.object(body).path("input"))
            if (item.path("type").stringValue("").equals("item_reference")) return true;
        return false;
    }

    @Override
    public Conversation conversation() {
        return ResponsesRequestReader.read(Json.object(body));
    }

    /** What was asked for besides the input: an answer repeats it. */
    JsonNode told() {
        if (told == null) readTold();
        return Objects.requireNonNull(told);
    }

    /** How the client calls its tools. */
    ClientTools clientTools() {
        if (clientTools == null) readTold();
        return Objects.requireNonNull(clientTools);
    }

    private void readTold() {
        ObjectNode root = (ObjectNode) Json.object(body);
        clientTools = ClientTools.of(root);
        root.remove("input");
        told = root;
    }
}
