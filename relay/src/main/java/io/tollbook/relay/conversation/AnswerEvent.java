package io.tollbook.relay.conversation;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A piece of a streamed answer. The kind of piece says what it belongs to: a writer opens and closes blocks where the kind
 * changes, and where {@link PartEnded} says so.
 */
public sealed interface AnswerEvent {
    /** The first one, once. @param id the provider's */
    record Begun(String id) implements AnswerEvent {}

    record TextMore(int candidate, String text) implements AnswerEvent {}

    record ThinkingMore(int candidate, String text) implements AnswerEvent {}

    /** Seals what was thought or said before it, in one piece. @param id the vendor's own id of the item, or null */
    record Sealed(int candidate, @Nullable String id, Signature signature) implements AnswerEvent {}

    record HiddenThinking(int candidate, @Nullable String id, Signature content) implements AnswerEvent {}

    /** @param call counted from 0 for each candidate */
    record ToolCallBegun(
            int candidate,
            int call,
            String id,
            String name,
            @Nullable Signature signature) implements AnswerEvent {}

    /** @param fragment of a JSON object's text; several calls may grow at once */
    record ToolArgumentsMore(int candidate, int call, String fragment) implements AnswerEvent {}

    record Shown(int candidate, Part.Media media) implements AnswerEvent {}

    record RefusalMore(int candidate, String text) implements AnswerEvent {}

    record Cited(int candidate, Citation citation) implements AnswerEvent {}

    /** A block that only one vendor knows, whole. */
    record Foreign(int candidate, Part.Foreign part) implements AnswerEvent {}

    /** The present block of text or thinking is over; what follows of the same kind is another. */
    record PartEnded(int candidate) implements AnswerEvent {}

    /** @param logprobs of the pieces since the last one, as OpenAI writes them */
    record Logprobs(int candidate, JsonNode logprobs) implements AnswerEvent {}

    record Stopped(
            int candidate, StopReason reason, @Nullable String stopSequence) implements AnswerEvent {}

    /** The provider broke off with an error inside the stream. Nothing follows. */
    record Failed(Failure failure) implements AnswerEvent {}
}
