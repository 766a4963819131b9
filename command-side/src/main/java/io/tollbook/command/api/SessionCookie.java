package io.tollbook.command.api;

import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.ResponseCookie;

/** The cookie that carries a session: not readable by scripts, not sent by other sites' pages, secure behind TLS. */
public final class SessionCookie {
    private static final Duration LIFETIME = Duration.ofDays(30);

    private SessionCookie() {}

    public static ResponseCookie of(Secret token, HttpServletRequest request) {
        return cookie(token.reveal(), LIFETIME, request);
    }

    public static ResponseCookie ended(HttpServletRequest request) {
        return cookie("", Duration.ZERO, request);
    }

    public static Optional<Secret> in(HttpServletRequest request) {
        return IdentityFilter.cookie(request);
    }

    private static ResponseCookie cookie(String value, Duration lifetime, HttpServletRequest request) {
        return ResponseCookie.from(Sessions.COOKIE, value)
                .path("/")
                .maxAge(lifetime)
                .httpOnly(true)
                .sameSite("Strict")
                .secure(request.isSecure())
                .build();
    }
}
