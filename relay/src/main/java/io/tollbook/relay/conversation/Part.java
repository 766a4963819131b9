package io.tollbook.relay.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A piece of a turn. */
public sealed interface Part {
    /**
     * @param citations where the text comes from
     * @param signature Gemini seals text too
     * @param cache {@code cache_control} as it was written; null for none
     */
    record Text(
            String text,
            List<Citation> citations,
            @Nullable Signature signature,
            @Nullable JsonNode cache) implements Part {
        public Text {
            citations = List.copyOf(citations);
        }

        public Text(String text) {
            this(text, List.of(), null, null);
        }
    }

    /**
     * A picture, a sound, a film or a document.
     *
     * @param name of the file; null if nobody gave one
     * @param detail how closely a picture is looked at: {@code low}, {@code high}, {@code auto}; null if not said
     * @param cache {@code cache_control} as it was written; null for none
     */
    record Media(
            Kind kind,
            Source source,
            @Nullable String name,
            @Nullable String detail,
            @Nullable JsonNode cache) implements Part {
        public enum Kind {
            PICTURE,
            SOUND,
            FILM,
            DOCUMENT
        }
    }

    /**
     * Thinking that may be read.
     *
     * @param id the vendor's own id of the item, where it has one
     * @param signature null while unsealed
     */
    record Thinking(
            String text, @Nullable String id, @Nullable Signature signature) implements Part {}

    /** Thinking that may not be read: redacted or encrypted. */
    record HiddenThinking(@Nullable String id, Signature content) implements Part {}

    /**
     * @param arguments a JSON object's text, exactly as the model wrote it, so it may be broken; never empty for a whole call
     * @param signature Gemini seals its calls
     */
    record ToolCall(
            String id,
            String name,
            String arguments,
            @Nullable Signature signature,
            @Nullable JsonNode cache) implements Part {
        public ToolCall(String id, String name, String arguments) {
            this(id, name, arguments, null, null);
        }
    }

    /**
     * What a tool gave back.
     *
     * @param call the call's id; calls and results are paired by it, never by position
     * @param name the function's name, where the dialect repeats it; null where it must be looked up by the call
     * @param content text and media
     * @param json the result as a JSON object where the dialect gives one; content then holds its text
     */
    record ToolResult(
            String call,
            @Nullable String name,
            List<Part> content,
            @Nullable JsonNode json,
            boolean isError,
            @Nullable JsonNode cache)
            implements Part {
        public ToolResult {
            content = List.copyOf(content);
        }
    }

    /** The model says no, in its own words. */
    record Refusal(String text) implements Part {}

    /** Something only one vendor knows, a server tool's call for one: shown again to that vendor, left out for others. */
    record Foreign(Vendor vendor, JsonNode block) implements Part {}
}
