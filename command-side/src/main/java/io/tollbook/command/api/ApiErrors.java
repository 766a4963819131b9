package io.tollbook.command.api;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Errors of the management API: a business no is HTTP 200 with {@code success: false}, as its clients expect. */
@RestControllerAdvice(basePackages = {"io.tollbook.command", "io.tollbook.query"})
final class ApiErrors {
    private static final Logger log = LoggerFactory.getLogger(ApiErrors.class);

    @ExceptionHandler
    ResponseEntity<Envelope> on(Refused refused) {
        if (refused.refusal() == Refusal.TOO_MANY_REQUESTS)
            return ResponseEntity.status(429).header("Retry-After", "60").build();
        int status = switch (refused.refusal()) {
            case SIGN_IN_REQUIRED -> 401;
            case TOO_LARGE -> 413;
            case LEDGER_UNAVAILABLE, OVERLOADED -> 503;
            default -> 200;
        };
        return ResponseEntity.status(status).body(Envelope.failure(refused.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<Envelope> on(HttpMessageNotReadableException unreadable) {
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause())
            if (cause instanceof Refused refused) return on(refused);
        return bad("The body is no JSON that fits this call.");
    }

    @ExceptionHandler
    ResponseEntity<Envelope> on(MethodArgumentTypeMismatchException mismatch) {
        return bad("The parameter " + mismatch.getName() + " has the wrong form.");
    }

    @ExceptionHandler
    ResponseEntity<Envelope> on(MissingServletRequestParameterException missing) {
        return bad("The parameter " + missing.getParameterName() + " is missing.");
    }

    @ExceptionHandler
    ResponseEntity<Envelope> on(HttpRequestMethodNotSupportedException method) {
        return ResponseEntity.status(405)
                .body(Envelope.failure("This address does not take " + method.getMethod() + "."));
    }

    @ExceptionHandler
    ResponseEntity<Envelope> on(RuntimeException fault) {
        log.error("The management API failed", fault);
        return ResponseEntity.status(500).body(Envelope.failure("Something went wrong on our side."));
    }

    private static ResponseEntity<Envelope> bad(String message) {
        return ResponseEntity.badRequest().body(Envelope.failure(message));
    }
}
