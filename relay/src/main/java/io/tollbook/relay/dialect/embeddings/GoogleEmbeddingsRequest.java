package io.tollbook.relay.dialect.embeddings;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.dialect.ClientRequest;
import io.tollbook.relay.dialect.Json;
import io.tollbook.relay.dialect.PromptText;
import io.tollbook.relay.dialect.RequestLine;
import io.tollbook.relay.dialect.gemini.ContentText;
import io.tollbook.relay.dialect.gemini.GeminiPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * A request for embeddings by Google's ways. Its model stands in the path; where the body names one too, that must be the
 * same, and is what a mapped name is written over.
 */
final class GoogleEmbeddingsRequest extends ClientRequest {
    static final String BATCH = "batchEmbedContents";

    private final RequestLine line;
    private final ContentText texts;
    private final boolean batch;
    private final List<Span> models = new ArrayList<>();
    private boolean hasContent;

    private GoogleEmbeddingsRequest(RequestLine line, byte[] body, PromptText prompt) {
        super(body, prompt);
        this.line = line;
        texts = new ContentText(prompt);
        GeminiPath path = GeminiPath.of(line);
        model = path.model();
        batch = path.action().equals(BATCH);
        read();
    }

    /** @throws Refused INVALID with the field's name, for anything Google would answer with 400 */
    static GoogleEmbeddingsRequest read(RequestLine line, byte[] body) {
        return new GoogleEmbeddingsRequest(line, body, PromptText.estimated());
    }

    @Override
    protected ClientRequest again(PromptText text) {
        return new GoogleEmbeddingsRequest(line, body, text);
    }

    boolean isBatch() {
        return batch;
    }

    @Override
    protected void field(String name, JsonParser parser) {
        if (!batch) {
            one(name, parser, "");
            return;
        }
        if (!name.equals("requests")) {
            parser.skipChildren();
            return;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) throw Refused.invalid("requests must be an array");
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            String path = "requests[" + i + "]";
            if (parser.currentToken() != JsonToken.START_OBJECT) throw Refused.invalid(path + " must be an object");
            boolean before = hasContent;
            hasContent = false;
            Set<String> seen = new HashSet<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                if (!seen.add(field))
                    throw Refused.invalid("The field " + path + "." + field + " stands twice in your request.");
                one(field, parser, path + ".");
            }
            if (!hasContent) throw Refused.invalid(path + ".content is required");
            hasContent |= before;
        }
    }

    private void one(String name, JsonParser parser, String path) {
        switch (name) {
            case "model" -> named(parser, path + "model");
            case "content" -> {
                texts.read(parser, path + "content");
                hasContent = true;
            }
            case "title" -> prompt.readText(parser);
            default -> parser.skipChildren();
        }
    }

    private void named(JsonParser parser, String path) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) return;
        if (parser.currentToken() != JsonToken.VALUE_STRING) throw Refused.invalid(path + " must be a string");
        // One could be priced and the other answer.
        if (!GeminiPath.bare(parser.getString()).equals(GeminiPath.bare(model)))
            throw Refused.invalid(path + " must be the model of the path");
        models.add(span(parser));
    }

    @Override
    protected void check() {
        requireModel();
        if (!hasContent) throw Refused.invalid((batch ? "requests" : "content") + " is required");
    }

    @Override
    protected void edit(String upstreamModel, List<Edit> edits) {
        if (upstreamModel.equals(model)) return;
        String name = Json.MAPPER.writeValueAsString("models/" + GeminiPath.bare(upstreamModel));
        for (Span named : models) edits.add(Edit.at(named, name));
    }

    /** Vectors are no tokens. */
    @Override
    public long outputTokensMax(long longest) {
        return 0;
    }

    @Override
    public Conversation conversation() {
        throw Refused.invalid("No channel of this model makes embeddings.");
    }

    private List<JsonNode> requests() {
        JsonNode root = Json.object(body);
        return batch ? Json.elements(root.path("requests"), "requests") : List.of(root);
    }

    private String path(int number) {
        return batch ? "requests[" + number + "]." : "";
    }

    /** One text for each vector, for a provider that takes nothing else. */
    List<String> inputs() {
        List<String> inputs = new ArrayList<>();
        for (JsonNode request : requests()) {
            JsonNode parts = request.path("content").path("parts");
            List<JsonNode> all =
                    parts.isObject() ? List.of(parts) : Json.elements(parts, path(inputs.size()) + "content.parts");
            StringBuilder input = new StringBuilder();
            for (int i = 0; i < all.size(); i++) {
                String text = Json.text(all.get(i).path("text"), path(inputs.size()) + "content.parts[" + i + "].text");
                if (text == null)
                    throw Refused.invalid(
                            path(inputs.size()) + "content.parts[" + i + "] must be a text for this model");
                if (i > 0) input.append('\n');
                input.append(text);
            }
            inputs.add(input.toString());
        }
        return inputs;
    }

    /** Null if not said; a provider that takes one number for all gets no two. */
    @Nullable
    Long dimensions() {
        Long wanted = null;
        List<JsonNode> requests = requests();
        for (int i = 0; i < requests.size(); i++) {
            JsonNode field = requests.get(i).path("outputDimensionality");
            if (field.isMissingNode()) field = requests.get(i).path("output_dimensionality");
            Long said = Json.whole(field, path(i) + "outputDimensionality");
            if (i > 0 && !Objects.equals(said, wanted))
                throw Refused.invalid(path(i) + "outputDimensionality must be the same in all requests for this model");
            wanted = said;
        }
        return wanted;
    }
}
