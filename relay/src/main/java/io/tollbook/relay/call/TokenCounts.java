package io.tollbook.relay.call;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.relay.admission.PresentedKey;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.dialect.ErrorShape;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells whoever has a key how many tokens a request has, for nothing: it is reckoned here, and no provider is asked. */
@Component
public final class TokenCounts {
    private static final Logger log = LoggerFactory.getLogger(TokenCounts.class);

    private final PaidCalls calls;

    TokenCounts(PaidCalls calls) {
        this.calls = calls;
    }

    /** @param answer makes the answer's body of the request's */
    public void handle(
            ErrorShape errors, UnaryOperator<byte[]> answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        long bytes = 0;
        try {
            PresentedKey presented = PresentedKey.of(request);
            if (presented == null) throw new Refused(Refusal.KEY_INVALID, "You did not show an API key.");
            calls.admissions.admit(presented, request.getRemoteAddr());
            byte[] body = calls.bodies.read(request);
            bytes = body.length;
            write(response, 200, answer.apply(body));
        } catch (Refused refused) {
            Failure failure = Failure.of(refused.refusal(), refused.getMessage());
            if (failure.retryAfterSeconds() > 0)
                response.setHeader("Retry-After", Integer.toString(failure.retryAfterSeconds()));
            write(response, errors.status(failure), errors.body(failure, null));
        } catch (RuntimeException e) {
            log.error("tokens were not counted", e);
            Failure failure = Failure.own(500, "internal_error", "The tokens could not be counted.");
            write(response, errors.status(failure), errors.body(failure, null));
        } finally {
            calls.bodies.done(bytes);
        }
    }

    private static void write(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
