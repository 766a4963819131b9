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
    private static final String MODELS = "/models/";

    private final RequestLine line;
    private final Set<String> seen = new HashSet<>();
    private long outputTokensMax = -1;
    private int answers = 1;
    private boolean hasContents;

    private GeminiRequest(RequestLine line, byte[] body, PromptText prompt) {
        super(body, prompt);
        this.line = line;
        String path = line.path();
        int begin = path.indexOf(MODELS) + MODELS.length();
        int colon = path.lastIndexOf(':');
        if (begin < MODELS.length() || colon <= begin)
            throw Refused.invalid("The path of your request names no model.");
        model = RequestLine.decoded(path.substring(begin, colon));
        stream = path.substring(colon).equals(":streamGenerateContent") || wantsEvents();
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
                if (parser.currentToken() == JsonToken.START_OBJECT) content(parser, field);
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
            content(parser, "contents");
            hasContents = true;
            return;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) throw Refused.invalid("contents must be an array");
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            content(parser, "contents[" + i + "]");
            hasContents = true;
        }
    }

    private void content(JsonParser parser, String path) {
        object(parser, path);
        prompt.message();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("parts")) parts(parser, path + ".parts");
            else parser.skipChildren();
        }
    }

    private static void object(JsonParser parser, String path) {
        if (parser.currentToken() != JsonToken.START_OBJECT) throw Refused.invalid(path + " must be an object");
    }

    private void parts(JsonParser parser, String path) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) return;
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            part(parser, path);
            return;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) throw Refused.invalid(path + " must be an array");
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) part(parser, path + "[" + i + "]");
    }

    private void part(JsonParser parser, String path) {
        object(parser, path);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = Field.camel(parser.currentName());
            parser.nextToken();
            switch (name) {
                case "inlineData", "fileData" -> medium(parser);
                case "functionResponse" -> response(parser, path + "." + name);
                default -> prompt.readText(parser);
            }
        }
    }

    /** What a function says is text, whatever its fields are called; pictures may stand beside it. */
    private void response(JsonParser parser, String path) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            prompt.readText(parser);
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("parts")) parts(parser, path + ".parts");
            else prompt.readText(parser);
        }
    }

    private void medium(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            prompt.readText(parser);
            return;
        }
        String type = "";
        long letters = 0;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = Field.camel(parser.currentName());
            parser.nextToken();
            if (!parser.currentToken().isScalarValue()) prompt.readText(parser);
            else if (name.equals("mimeType")) type = parser.getString();
            else if (name.equals("data")) letters = parser.getStringLength();
        }
        prompt.medium(type, letters);
    }

    private void config(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) return;
        object(parser, "generationConfig");
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
