package io.tollbook.relay.dialect.gemini;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.dialect.ClientRequest;
import io.tollbook.relay.dialect.PromptText;
import io.tollbook.relay.dialect.RequestLine;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A request for generateContent. Its model and whether it is a stream stand in the path, so its body is never edited. */
public final class GeminiRequest extends ClientRequest {
    private final RequestLine line;
    private final ContentText texts;
    private final Set<String> seen = new HashSet<>();
    private long outputTokensMax = -1;
    private int answers = 1;
    private boolean hasContents;

    private GeminiRequest(RequestLine line, byte[] body, PromptText prompt) {
        super(body, prompt);
        this.line = line;
        texts = new ContentText(prompt);
        GeminiPath path = GeminiPath.of(line);
        model = path.model();
        stream = path.action().equals("streamGenerateContent") || wantsEvents();
        read();
    }

    /** @throws Refused INVALID with the field's name, for anything Google would answer with 400 */
    public static GeminiRequest read(RequestLine line, byte[] body) {
        return new GeminiRequest(line, body, PromptText.estimated());
    }

    @Override
    protected ClientRequest again(PromptText text) {
        return new GeminiRequest(line, body, text);
    }

    /** Whether a stream is to come as events; otherwise it is one JSON array. */
    boolean wantsEvents() {
        return "sse".equals(line.parameter("alt"));
    }

    @Override
    protected void field(String name, JsonParser parser) {
        String field = Field.camel(name);
        if (!seen.add(field)) throw Refused.invalid("The field " + field + " stands twice in your request.");
        switch (field) {
            case "contents" -> contents(parser);
            case "systemInstruction" -> {
                if (parser.currentToken() == JsonToken.START_OBJECT) texts.read(parser, field);
                else prompt.readText(parser);
            }
            case "tools" -> prompt.readTools(parser);
            case "generationConfig" -> config(parser);
            case "cachedContent" -> {
                // It lies with one account at Google's, and how large it is nobody here could hold for.
                if (parser.currentToken() != JsonToken.VALUE_NULL)
                    throw Refused.invalid("cachedContent is not available here: send the content itself.");
            }
            default -> parser.skipChildren();
        }
    }

    private void contents(JsonParser parser) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            texts.read(parser, "contents");
            hasContents = true;
            return;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) throw Refused.invalid("contents must be an array");
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            texts.read(parser, "contents[" + i + "]");
            hasContents = true;
        }
    }

    private void config(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) return;
        ContentText.object(parser, "generationConfig");
        Set<String> said = new HashSet<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = Field.camel(parser.currentName());
            parser.nextToken();
            String path = "generationConfig." + name;
            if (!said.add(name)) throw Refused.invalid("The field " + path + " stands twice in your request.");
            switch (name) {
                case "maxOutputTokens" -> outputTokensMax = lenient(parser, path, MAX_TOKENS_MAX, -1);
                case "candidateCount" -> answers = Math.max(1, (int) lenient(parser, path, ANSWERS_MAX, 1));
                case "responseSchema", "responseJsonSchema", "_responseJsonSchema" -> prompt.readText(parser);
                default -> parser.skipChildren();
            }
        }
    }

    /** Google takes 100, "100" and 100.0 for the same. */
    private static long lenient(JsonParser parser, String field, long most, long absent) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) return absent;
        if (token.isNumeric() || token == JsonToken.VALUE_STRING) {
            try {
                String text = parser.getString();
                long value = text.length() > 20 ? -1 : new BigDecimal(text).longValueExact();
                if (value >= 0 && value <= most) return value;
            } catch (ArithmeticException | NumberFormatException e) {
                // Said below.
            }
        }
        throw Refused.invalid(field + " must be a whole number between 0 and " + most);
    }

    @Override
    protected void check() {
        requireModel();
        if (!hasContents) throw Refused.invalid("contents is required");
    }

    @Override
    public long outputTokensMax(long longest) {
        return (outputTokensMax > 0 ? outputTokensMax : longest) * answers;
    }

    @Override
    public Conversation conversation() {
        return GeminiRequestReader.read(body, stream);
    }
}
