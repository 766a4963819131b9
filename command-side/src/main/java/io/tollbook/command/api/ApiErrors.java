package io.tollbook.command.api;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Errors of the management API: a business no is HTTP 200 with {@code success: false}, as its clients expect. */
@RestControllerAdvice(basePackages = {"io.tollbook.command", "io.tollbook.query"})
final class ApiErrors {
    private static final Logger log = LoggerFactory.getLogger(ApiErrors.class);

    @ExceptionHandler
    ResponseEntity<Envelope> on(Refused refused, HttpServletRequest request) {
        return switch (refused.refusal()) {
            case TOO_MANY_REQUESTS ->
                ResponseEntity.status(429).header(HttpHeaders.RETRY_AFTER, "60").build();
            case SIGN_IN_REQUIRED -> signInRequired(refused, request);
            case TASK_RUNNING -> answer(409, refused.getMessage());
            case TOO_LARGE -> answer(413, refused.getMessage());
            case READ_ONLY -> answer(403, refused.getMessage());
            case LEDGER_UNAVAILABLE, OVERLOADED -> unavailable(refused.getMessage());
            // A read has nothing but its address to be invalid in.
            case INVALID -> answer(isRead(request) ? 400 : 200, refused.getMessage());
            default -> answer(200, refused.getMessage());
        };
    }

    private static boolean isRead(HttpServletRequest request) {
        return HttpMethod.GET.matches(request.getMethod()) || HttpMethod.HEAD.matches(request.getMethod());
    }

    /** Clients of this API tell a session that has ended, 401, from an access token that is none, 200. */
    private static ResponseEntity<Envelope> signInRequired(Refused refused, HttpServletRequest request) {
        return request.getAttribute(IdentityFilter.BAD_ACCESS_TOKEN) == null
                ? answer(401, refused.getMessage())
                : answer(200, "The access token is not valid.");
    }

    @ExceptionHandler
    ResponseEntity<Envelope> on(HttpMessageNotReadableException unreadable, HttpServletRequest request) {
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause())
            if (cause instanceof Refused refused)
                return refused.refusal() == Refusal.INVALID ? answer(400, refused.getMessage()) : on(refused, request);
        return answer(400, "The body is not JSON that fits this call.");
    }

    @ExceptionHandler
    ResponseEntity<Envelope> on(MalformedBody malformed) {
        return answer(400, malformed.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<Envelope> on(HttpMediaTypeNotSupportedException type) {
        return answer(400, "The body must be sent as application/json.");
    }

    @ExceptionHandler
    ResponseEntity<Envelope> on(MethodArgumentTypeMismatchException mismatch) {
        return answer(400, "The parameter " + mismatch.getName() + " has the wrong form.");
    }

    @ExceptionHandler
    ResponseEntity<Envelope> on(MissingServletRequestParameterException missing) {
        return answer(400, "The parameter " + missing.getParameterName() + " is missing.");
    }

    @ExceptionHandler
    ResponseEntity<Envelope> on(DataAccessException away) {
        log.warn("The database did not answer the management API: {}", away.getMessage());
        return unavailable(Refusal.LEDGER_UNAVAILABLE.message());
    }

    @ExceptionHandler
    ResponseEntity<Envelope> on(RuntimeException fault) {
        log.error("The management API failed", fault);
        return answer(500, "Something went wrong on our side.");
    }

    private static ResponseEntity<Envelope> unavailable(String message) {
        return ResponseEntity.status(503).header(HttpHeaders.RETRY_AFTER, "1").body(Envelope.failure(message));
    }

    private static ResponseEntity<Envelope> answer(int status, String message) {
        return ResponseEntity.status(status).body(Envelope.failure(message));
    }
}
