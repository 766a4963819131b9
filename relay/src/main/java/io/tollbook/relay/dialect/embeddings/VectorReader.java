package io.tollbook.relay.dialect.embeddings;

import io.tollbook.relay.conversation.Answer;
import io.tollbook.relay.conversation.AnswerEvent;
import io.tollbook.relay.dialect.AnswerReader;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Knows an answer of vectors when it sees one.
 *
 * @param fields in one of which they are
 */
record VectorReader(List<String> fields) implements AnswerReader {
    VectorReader(String... fields) {
        this(List.of(fields));
    }

    @Override
    public boolean isAnswer(JsonNode root) {
        return fields.stream().anyMatch(field -> root.path(field).isContainer());
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
