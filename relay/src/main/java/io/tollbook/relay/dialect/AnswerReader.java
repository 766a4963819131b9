package io.tollbook.relay.dialect;

import io.tollbook.relay.conversation.Answer;
import io.tollbook.relay.conversation.AnswerEvent;
import io.tollbook.relay.conversation.Failure;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Understands a provider's answer. One for each attempt, as a stream is understood piece by piece. */
public interface AnswerReader {
    /** Whether this can be an answer at all, and not something else in JSON. */
    boolean isAnswer(JsonNode root);

    /** What went wrong where the answer is an error, whatever its status; null if it is none. */
    default @Nullable Failure failure(JsonNode root) {
        return UpstreamErrors.isError(root) ? UpstreamErrors.inside(root) : null;
    }

    /** What a client of another dialect hears as an error where this vendor has an answer for it; null for none. */
    default @Nullable Failure unanswered(JsonNode root) {
        return null;
    }

    Answer whole(JsonNode root);

    /** Takes in the data of one event of a stream. */
    void event(JsonNode data, Consumer<AnswerEvent> sink);

    /** The provider has said {@code [DONE]}. */
    default void done() {}

    /** The stream has come to its end, said or not: says what is still to be said of it. */
    default void end(Consumer<AnswerEvent> sink) {}

    /** Whether nothing counts that is still to come. */
    boolean isOver();
}
