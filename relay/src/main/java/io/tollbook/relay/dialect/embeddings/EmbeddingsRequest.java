package io.tollbook.relay.dialect.embeddings;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.dialect.ClientRequest;
import io.tollbook.relay.dialect.Json;
import io.tollbook.relay.dialect.PromptText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;

/** A request for embeddings. */
public final class EmbeddingsRequest extends ClientRequest {
    private boolean hasInput;

    private EmbeddingsRequest(byte[] body, PromptText prompt) {
        super(body, prompt);
        read();
    }

    /** @throws Refused INVALID with the field's name, for anything OpenAI would answer with 400 */
    public static EmbeddingsRequest read(byte[] body) {
        return new EmbeddingsRequest(body, PromptText.estimated());
    }

    @Override
    protected ClientRequest again(PromptText text) {
        return new EmbeddingsRequest(body, text);
    }

    @Override
    protected void field(String name, JsonParser parser) {
        switch (name) {
            case "model" -> readModel(parser);
            case "input" -> {
                hasInput = switch (parser.currentToken()) {
                    case VALUE_STRING, START_ARRAY -> true;
                    case VALUE_NULL -> false;
                    default -> throw Refused.invalid("input must be a string or an array");
                };
                prompt.readText(parser);
            }
            default -> parser.skipChildren();
        }
    }

    @Override
    protected void check() {
        requireModel();
        if (!hasInput) throw Refused.invalid("field input is required");
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

    private JsonNode root() {
        return Json.object(body);
    }

    /** The texts, for a provider that takes no tokens. */
    List<String> texts() {
        JsonNode input = root().path("input");
        if (input.isString()) return List.of(input.asString());
        List<String> texts = new ArrayList<>();
        for (JsonNode text : input) {
            if (!text.isString()) throw Refused.invalid("input must be a string or an array of strings for this model");
            texts.add(text.asString());
        }
        if (texts.isEmpty()) throw Refused.invalid("input must not be empty");
        return texts;
    }

    /** Null if not said. */
    @Nullable
    Long dimensions() {
        return Json.whole(root().path("dimensions"), "dimensions");
    }

    boolean wantsBase64() {
        String format = Json.text(root().path("encoding_format"), "encoding_format");
        return switch (format) {
            case null -> false;
            case "float" -> false;
            case "base64" -> true;
            default -> throw Refused.invalid("encoding_format must be float or base64");
        };
    }
}
