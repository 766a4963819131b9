package io.tollbook.relay.dialect;

import io.tollbook.kernel.limit.LimitReached;
import io.tollbook.relay.conversation.Failure;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** How a vendor's clients read that something went wrong. */
public interface ErrorShape {
    /** The HTTP status its clients expect. */
    int status(Failure failure);

    /** @param request its id stands behind the message, so that an operator can find the call; null if there is no call */
    byte[] body(Failure failure, @Nullable String request);

    /** The end of a stream that has already begun. */
    byte[] event(Failure failure, String request);

    /** Says in headers, as the vendor does, which limit was reached and when it is open again. Most say nothing. */
    default void tell(LimitReached limit, BiConsumer<String, String> header) {}

    static String message(Failure failure, @Nullable String request) {
        return request == null ? failure.message() : failure.message() + " (request id: " + request + ")";
    }
}
