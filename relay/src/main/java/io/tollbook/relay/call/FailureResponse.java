package io.tollbook.relay.call;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Failure;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a client in its dialect that its call has failed. */
final class FailureResponse {
    private static final Logger log = LoggerFactory.getLogger(FailureResponse.class);

    private FailureResponse() {}

    static Failure failure(Refused refused) {
        Failure failure = Failure.of(refused);
        return refused.refusal() == Refusal.NO_CHANNEL ? Unavailable.failure(refused, failure) : failure;
    }

    static void write(PaidCall call, Failure failure) throws IOException {
        call.keepAlive.end();
        HttpServletResponse response = call.response;
        try {
            if (!response.isCommitted()) whole(call, failure);
            else if (call.keepAlive.hasBegun() && call.firstByteNanos < 0) {
                // It was told to wait, so its status is 200; the rest can only be said as a stream says it.
                response.getOutputStream().write(call.dialect.broken(call.asked(), failure, call.id));
                response.getOutputStream().close();
            }
        } catch (IOException e) {
            log.debug("{} has nobody left to tell", call.id, e);
        }
    }

    private static void whole(PaidCall call, Failure failure) throws IOException {
        HttpServletResponse response = call.response;
        response.setStatus(call.dialect.errors().status(failure));
        if (failure.retryAfterSeconds() > 0)
            response.setHeader("Retry-After", Integer.toString(failure.retryAfterSeconds()));
        response.setContentType("application/json");
        // Without its length, which the server adds, so that nothing is sent before the server has had a look at the
        // status.
        response.getOutputStream().write(call.dialect.errors().body(failure, call.id));
    }
}
