package io.tollbook.relay.dialect;

import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.conversation.Answer;
import io.tollbook.relay.conversation.AnswerEvent;
import io.tollbook.relay.conversation.Failure;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes an answer of another dialect for a client. One for each attempt. */
public interface AnswerWriter {
    /** @param charged what the call was charged for, which is the usage the client is told */
    byte[] whole(Answer answer, Meters charged);

    /** Writes what may be sent at once. What ends the stream waits for {@link #end}. */
    void event(AnswerEvent event, ByteArrayOutputStream out);

    /** How many bytes of the answer it keeps until the end, about. */
    default long keptBytes() {
        return 0;
    }

    /** Ends the stream, once, after the call was paid; whatever came or did not come before. */
    byte[] end(Meters charged);

    /** Ends the stream in place of {@link #end} where the answer broke off; null for the dialect's usual end. */
    default byte @Nullable [] errorEvent(Failure why, String request) {
        return null;
    }

    default String streamType() {
        return "text/event-stream";
    }
}
