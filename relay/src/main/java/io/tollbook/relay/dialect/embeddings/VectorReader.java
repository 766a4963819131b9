package io.tollbook.relay.dialect.embeddings;

import io.tollbook.relay.conversation.Answer;
import io.tollbook.relay.conversation.AnswerEvent;
import io.tollbook.relay.dialect.AnswerReader;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Knows an answer of vectors when it sees one.
 *
 * @param list the field they are in
 */
record VectorReader(String list) implements AnswerReader {
    @Override
    public boolean isAnswer(JsonNode root) {
        return root.path(list).isArray();
    }

    @Override
    public Answer whole(JsonNode root) {
        throw new IllegalStateException("vectors are no conversation");
    }

    @Override
    public void event(JsonNode data, Consumer<AnswerEvent> sink) {
        throw new IllegalStateException("vectors come at once");
    }

    @Override
    public boolean isOver() {
        return false;
    }
}
