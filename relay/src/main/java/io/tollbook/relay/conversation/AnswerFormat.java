package io.tollbook.relay.conversation;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the answer must look like. That it be plain text is said by the absence of this.
 *
 * @param schema a JSON Schema as it was written; null for any JSON object
 */
public record AnswerFormat(
        @Nullable String name,
        @Nullable String description,
        @Nullable JsonNode schema,
        @Nullable Boolean strict) {
    public static final AnswerFormat ANY_JSON = new AnswerFormat(null, null, null, null);
}
