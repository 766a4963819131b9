package io.tollbook.command.api;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Sessions;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who calls: the session cookie, or an access token. The {@code New-Api-User} header only has to agree with them;
 * alone it is nothing, and without it a cookie is nothing either, which is what keeps other sites' pages out.
 */
final class IdentityFilter extends OncePerRequestFilter {
    static final long BODY_BYTES_MAX = 512 * 1024;
    private static final String USER_HEADER = "New-Api-User";

    private final Sessions sessions;

    IdentityFilter(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > BODY_BYTES_MAX) {
            response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            response.setContentType("application/json");
            response.getOutputStream()
                    .write("{\"success\":false,\"message\":\"The body is larger than 512 KB.\",\"data\":null}"
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return;
        }
        request.setAttribute(Actor.class.getName(), actor(request));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        chain.doFilter(new BoundedRequest(request, BODY_BYTES_MAX), response);
    }

    private Actor actor(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        Optional<Actor> actor = accessToken(request)
                .flatMap(token -> sessions.resolveAccessToken(token, address))
                .or(() -> cookie(request).flatMap(token -> sessions.resolve(token, address)));
        return actor.filter(found -> agrees(found, request.getHeader(USER_HEADER)))
                .orElseGet(() -> Actor.guest(address));
    }

    private static boolean agrees(Actor actor, @Nullable String header) {
        return header != null
                && actor.user() != null
                && header.strip().equals(Long.toString(actor.user().value()));
    }

    private static Optional<Secret> accessToken(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null) return Optional.empty();
        String text = header.strip();
        if (text.toLowerCase(Locale.ROOT).startsWith("bearer "))
            text = text.substring(7).strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(new Secret(text));
    }

    static Optional<Secret> cookie(HttpServletRequest request) {
        if (request.getCookies() == null) return Optional.empty();
        for (Cookie cookie : request.getCookies())
            if (cookie.getName().equals(Sessions.COOKIE) && !cookie.getValue().isBlank())
                return Optional.of(new Secret(cookie.getValue()));
        return Optional.empty();
    }
}
