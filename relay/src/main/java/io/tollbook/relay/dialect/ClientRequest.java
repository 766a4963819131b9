package io.tollbook.relay.dialect;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Conversation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * A client's request: its bytes, and what routing and holding need to know of them. What goes upstream in the same dialect is
 * those bytes with a few edits in place, so unknown fields, their order and every space survive.
 */
public abstract class ClientRequest {
    protected static final long MAX_TOKENS_MAX = 1L << 30;
    protected static final int ANSWERS_MAX = 128;

    private static final JsonFactory JSON = JsonFactory.builder().build();

    /** Reads a value and leaves alone what stands behind it. */
    private static final ObjectReader ONE_VALUE =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Where a value stands in the body. */
    protected record Span(int from, int to) {
        public Span {}
    }

    /** Other bytes in the place of some. */
    protected record Edit(Span span, byte[] replacement) {
        public static Edit at(Span span, String replacement) {
            return new Edit(span, replacement.getBytes(StandardCharsets.UTF_8));
        }
    }

    protected final byte[] body;
    protected final PromptText prompt;
    /** Of the root, however they are written, and where their values begin. */
    private final Map<String, Integer> fields = new HashMap<>();

    protected String model = "";
    private @Nullable Span modelSpan;
    protected boolean stream;
    /** Behind the last field. */
    protected int rootEnd;

    protected ClientRequest(byte[] body, PromptText prompt) {
        this.body = body;
        this.prompt = prompt;
    }

    /** @throws Refused INVALID with the field's name, for anything a vendor would answer with 400 */
    protected final void read() {
        checkEncoding(body);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            readRoot(parser);
        } catch (JacksonException e) {
            throw Refused.invalid("We could not parse the JSON body of your request.");
        }
        check();
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
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            // A field twice could be priced by one value and answered by the other.
            if (fields.put(field, (int) parser.currentTokenLocation().getByteOffset()) != null)
                throw Refused.invalid("The field " + field + " stands twice in your request.");
            field(field, parser);
        }
        rootEnd = (int) parser.currentTokenLocation().getByteOffset();
        if (parser.nextToken() != null) throw Refused.invalid("There is something behind the JSON object.");
    }

    /** Takes in a field of the root whose value is the parser's present token; leaves the parser at that value's end. */
    protected abstract void field(String name, JsonParser parser);

    /** What must be there when all was read. */
    protected abstract void check();

    protected final void readModel(JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) throw Refused.invalid("model must be a string");
        model = parser.getString();
        modelSpan = span(parser);
    }

    protected final void requireModel() {
        if (model.isBlank()) throw Refused.invalid("you must provide a model parameter");
    }

    protected static Span span(JsonParser parser) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        if (parser.currentToken().isStructStart()) parser.skipChildren();
        else parser.finishToken();
        return new Span(from, (int) parser.currentLocation().getByteOffset());
    }

    protected static boolean flag(JsonParser parser, String field) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw Refused.invalid(field + " must be true or false");
        };
    }

    protected static long count(JsonParser parser, String field, long least, long most, long absent) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) return absent;
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long value = parser.getLongValue();
            if (value >= least && value <= most) return value;
        }
        throw Refused.invalid(field + " must be a whole number between " + least + " and " + most);
    }

    public final String model() {
        return model;
    }

    /** Whether the request has this field at its root. */
    public final boolean says(String field) {
        return fields.containsKey(field);
    }

    /**
     * A text, number or truth value in the body.
     *
     * @param path names and places in lists with dots between them
     * @return null if there is none
     */
    public final @Nullable String valueAt(String path) {
        String[] steps = path.split("\\.");
        Integer from = fields.get(steps[0]);
        if (from == null) return null;
        try {
            JsonNode node = ONE_VALUE.readTree(body, from, body.length - from);
            for (int i = 1; i < steps.length; i++)
                node = node.isArray() && steps[i].matches("\\d{1,6}")
                        ? node.path(Integer.parseInt(steps[i]))
                        : node.path(steps[i]);
            return node.isValueNode() && !node.isNull() ? node.asString() : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    public final boolean isStream() {
        return stream;
    }

    /** How many tokens the prompt has at most, by its bytes. */
    public final long promptTokensEstimated() {
        return prompt.tokens(model);
    }

    /** How many tokens the prompt has, by the model's tokenizer; several times the work of everything else done here. */
    public final long promptTokensCounted() {
        return again(PromptText.counted()).prompt.tokens(model);
    }

    /** How many tokens more it may have by what it only names; that is held for, and charged by what is reported. */
    public long promptTokensElsewhere() {
        return 0;
    }

    /** The same request, read once more. */
    protected abstract ClientRequest again(PromptText text);

    /**
     * The longest answer there can be, all answers together.
     *
     * @param longest what the model can answer where the client sets no limit
     */
    public abstract long outputTokensMax(long longest);

    /** How much it matters that the provider speaks its dialect; null where that is the same for all of its kind. */
    public @Nullable Supplier<OwnDialect> ownDialect() {
        return null;
    }

    /** All of the request, for a provider of another dialect. @throws Refused INVALID, naming the field */
    public abstract Conversation conversation();

    /** The bytes for a provider of the same dialect: the client's own, but for a mapped model name and what is edited. */
    public final byte[] upstreamBody(String upstreamModel) {
        List<Edit> edits = new ArrayList<>(2);
        String name = nameFor(upstreamModel);
        if (!name.equals(model) && modelSpan != null) edits.add(Edit.at(modelSpan, quoted(name)));
        edit(upstreamModel, edits);
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

    /** What the provider calls the model, where a name of ours says more than that. */
    protected String nameFor(String upstreamModel) {
        return upstreamModel;
    }

    /** Adds what must be otherwise for the provider of this model. */
    protected void edit(String upstreamModel, List<Edit> edits) {
        edit(edits);
    }

    /** Adds what must be otherwise for any provider. */
    protected void edit(List<Edit> edits) {}

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }
}
