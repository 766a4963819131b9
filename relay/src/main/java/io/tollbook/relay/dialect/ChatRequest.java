package io.tollbook.relay.dialect;

import io.tollbook.kernel.Refused;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An OpenAI chat request: the client's bytes, and what routing and holding need to know of them. What goes upstream is those
 * bytes with at most two edits in place, so unknown fields, their order and every space survive.
 */
public final class ChatRequest {
    private static final JsonFactory JSON = JsonFactory.builder().build();
    private static final long MAX_TOKENS_MAX = 1L << 30;
    private static final int CHOICES_MAX = 128;
    private static final byte[] USAGE_WANTED = "{\"include_usage\":true}".getBytes(StandardCharsets.UTF_8);

    private record Span(int from, int to) {}

    private record Edit(Span span, byte[] replacement) {}

    private final byte[] body;
    private final PromptText prompt;
    private String model = "";
    private @Nullable Span modelSpan;
    private boolean stream;
    private long maxTokens = -1;
    private long maxCompletionTokens = -1;
    private int choices = 1;
    private boolean hasMessages;
    private boolean usageAsked;
    private boolean usageMentioned;
    private @Nullable Span streamOptions;
    private boolean streamOptionsAreObject;
    private boolean streamOptionsAreEmpty = true;
    private @Nullable Span includeUsage;
    private int rootEnd;

    private ChatRequest(byte[] body, PromptText prompt) {
        this.body = body;
        this.prompt = prompt;
    }

    /** @throws Refused INVALID with the field's name, for anything a vendor would answer with 400 */
    public static ChatRequest read(byte[] body) {
        checkEncoding(body);
        return read(body, PromptText.estimated());
    }

    private static ChatRequest read(byte[] body, PromptText prompt) {
        ChatRequest request = new ChatRequest(body, prompt);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            request.readRoot(parser);
        } catch (JacksonException e) {
            throw Refused.invalid("We could not parse the JSON body of your request.");
        }
        if (request.modelSpan == null || request.model.isBlank())
            throw Refused.invalid("you must provide a model parameter");
        if (!request.hasMessages) throw Refused.invalid("field messages is required");
        return request;
    }

    /** JSON between systems is UTF-8. The parser would take UTF-16 too, but then no byte of it could be edited. */
    private static void checkEncoding(byte[] body) {
        int first = 0;
        while (first < body.length && body[first] > 0 && body[first] <= ' ') first++;
        if (first + 1 < body.length && body[first] == '{' && body[first + 1] != 0) return;
        throw Refused.invalid("The body of your request must be a JSON object in UTF-8.");
    }

    private void readRoot(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT)
            throw Refused.invalid("The body of your request must be a JSON object in UTF-8.");
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            // A field twice could be priced by one value and answered by the other.
            if (!seen.add(field)) throw Refused.invalid("The field " + field + " stands twice in your request.");
            switch (field) {
                case "model" -> {
                    if (value != JsonToken.VALUE_STRING) throw Refused.invalid("model must be a string");
                    model = parser.getString();
                    modelSpan = span(parser);
                }
                case "stream" -> stream = flag(parser, field);
                case "max_tokens" -> maxTokens = count(parser, field, 0, MAX_TOKENS_MAX, -1);
                case "max_completion_tokens" -> maxCompletionTokens = count(parser, field, 0, MAX_TOKENS_MAX, -1);
                case "n" -> choices = Math.max(1, (int) count(parser, field, 0, CHOICES_MAX, 1));
                case "stream_options" -> readStreamOptions(parser);
                case "messages" -> {
                    if (value != JsonToken.START_ARRAY) throw Refused.invalid("messages must be an array");
                    hasMessages = prompt.readMessages(parser) > 0;
                }
                case "tools", "functions" -> prompt.readTools(parser);
                case "response_format", "prediction" -> prompt.readText(parser);
                default -> parser.skipChildren();
            }
        }
        rootEnd = (int) parser.currentTokenLocation().getByteOffset();
        if (parser.nextToken() != null) throw Refused.invalid("There is something behind the JSON object.");
    }

    private void readStreamOptions(JsonParser parser) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            streamOptionsAreObject = true;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                streamOptionsAreEmpty = false;
                String field = parser.currentName();
                parser.nextToken();
                if (field.equals("include_usage")) {
                    usageMentioned = true;
                    usageAsked = flag(parser, "stream_options.include_usage");
                    includeUsage = span(parser);
                } else {
                    parser.skipChildren();
                }
            }
        } else {
            if (parser.currentToken() != JsonToken.VALUE_NULL)
                throw Refused.invalid("stream_options must be an object");
        }
        streamOptions = new Span(from, (int) parser.currentLocation().getByteOffset());
    }

    private static Span span(JsonParser parser) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.finishToken();
        return new Span(from, (int) parser.currentLocation().getByteOffset());
    }

    private static boolean flag(JsonParser parser, String field) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw Refused.invalid(field + " must be true or false");
        };
    }

    private static long count(JsonParser parser, String field, long least, long most, long absent) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) return absent;
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long value = parser.getLongValue();
            if (value >= least && value <= most) return value;
        }
        throw Refused.invalid(field + " must be a whole number between " + least + " and " + most);
    }

    public String model() {
        return model;
    }

    public boolean isStream() {
        return stream;
    }

    /** Whether the client wants the usage chunk of a stream; OpenAI's own default is no. */
    public boolean wantsUsageChunk() {
        return usageAsked;
    }

    /** How many tokens the prompt has at most, by its bytes. */
    public long promptTokensEstimated() {
        return prompt.tokens(model);
    }

    /** How many tokens the prompt has, by the model's tokenizer; several times the work of everything else done here. */
    public long promptTokensCounted() {
        return read(body, PromptText.counted()).prompt.tokens(model);
    }

    /**
     * The longest answer there can be, all choices together.
     *
     * @param longest what the model can answer where the client sets no limit
     */
    public long outputTokensMax(long longest) {
        long asked = Math.max(maxTokens, maxCompletionTokens);
        return (asked > 0 ? asked : longest) * choices;
    }

    /** The bytes to send upstream: the client's own, but for a mapped model name and a stream's demand for usage. */
    public byte[] upstreamBody(String upstreamModel) {
        List<Edit> edits = new ArrayList<>(2);
        if (!upstreamModel.equals(model) && modelSpan != null) edits.add(new Edit(modelSpan, quoted(upstreamModel)));
        if (stream && !usageAsked) edits.add(usageEdit());
        if (edits.isEmpty()) return body;
        edits.sort(Comparator.comparingInt(edit -> edit.span.from));
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 64);
        int done = 0;
        for (Edit edit : edits) {
            out.write(body, done, edit.span.from - done);
            out.writeBytes(edit.replacement);
            done = edit.span.to;
        }
        out.write(body, done, body.length - done);
        return out.toByteArray();
    }

    private Edit usageEdit() {
        if (includeUsage != null) return new Edit(includeUsage, "true".getBytes(StandardCharsets.UTF_8));
        if (streamOptions == null) {
            byte[] addition = ",\"stream_options\":{\"include_usage\":true}".getBytes(StandardCharsets.UTF_8);
            return new Edit(new Span(rootEnd, rootEnd), addition);
        }
        if (!streamOptionsAreObject) return new Edit(streamOptions, USAGE_WANTED);
        int inside = streamOptions.from + 1;
        String addition = "\"include_usage\":true" + (streamOptionsAreEmpty ? "" : ",");
        return new Edit(new Span(inside, inside), addition.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] quoted(String text) {
        return tools.jackson.core.io.JsonStringEncoder.getInstance().quoteAsUTF8(text).length == 0
                ? "\"\"".getBytes(StandardCharsets.UTF_8)
                : ('"'
                                + new String(tools.jackson.core.io.JsonStringEncoder.getInstance()
                                        .quoteAsCharArray(text))
                                + '"')
                        .getBytes(StandardCharsets.UTF_8);
    }
}
