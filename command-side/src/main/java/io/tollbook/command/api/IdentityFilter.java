package io.tollbook.command.api;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Sessions;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who calls: the session cookie, or an access token. The {@code New-Api-User} header only has to agree with them;
 * alone it is nothing, and without it a cookie is nothing either, which is what keeps other sites' pages out.
 */
final class IdentityFilter extends OncePerRequestFilter {
    static final long BODY_BYTES_MAX = 512 * 1024;
    /** The request attribute that says that somebody came with an access token that is none. */
    static final String BAD_ACCESS_TOKEN = IdentityFilter.class.getName() + ".badAccessToken";

    private static final Logger log = LoggerFactory.getLogger(IdentityFilter.class);
    private static final String USER_HEADER = "New-Api-User";
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    /** What an auditor sends too: signing in and out, and replays, which look and change nothing. */
    private static final Set<String> DOORS =
            Set.of("/api/user/login", "/api/user/logout", "/api/replay", "/api/replay/", "/api/replay/cancel");

    private final Sessions sessions;

    IdentityFilter(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        if (request.getContentLengthLong() > BODY_BYTES_MAX) {
            refuse(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "The body is larger than 512 KB.");
            return;
        }
        Actor actor;
        try {
            actor = actor(request);
        } catch (RuntimeException e) {
            // Who calls cannot be told while the database is away; treating them as nobody would be a false answer.
            log.warn("A caller could not be identified: {}", e.toString());
            response.setHeader("Retry-After", "1");
            refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, Refusal.LEDGER_UNAVAILABLE.message());
            return;
        }
        if (actor.role() == Role.AUDITOR && !READS.contains(request.getMethod()) && !DOORS.contains(path(request))) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN, Refusal.READ_ONLY.message());
            return;
        }
        request.setAttribute(Actor.class.getName(), actor);
        chain.doFilter(new BoundedRequest(request, BODY_BYTES_MAX), response);
    }

    private static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }

    /** @param message without characters that JSON would escape */
    private static void refuse(HttpServletResponse response, int status, String message) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getOutputStream()
                .write(("{\"success\":false,\"message\":\"" + message + "\",\"data\":null}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private Actor actor(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        Optional<Actor> byToken = accessToken(request).flatMap(token -> sessions.resolveAccessToken(token, address));
        if (byToken.isEmpty() && accessToken(request).isPresent()) request.setAttribute(BAD_ACCESS_TOKEN, Boolean.TRUE);
        return byToken.or(() -> cookie(request).flatMap(token -> sessions.resolve(token, address)))
                .filter(found -> agrees(found, request.getHeader(USER_HEADER)))
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
        // An API key of the relay is no access token; the few calls that take one look at it themselves.
        return text.isEmpty() || text.startsWith("sk-") ? Optional.empty() : Optional.of(new Secret(text));
    }

    static Optional<Secret> cookie(HttpServletRequest request) {
        if (request.getCookies() == null) return Optional.empty();
        for (Cookie cookie : request.getCookies())
            if (cookie.getName().equals(Sessions.COOKIE) && !cookie.getValue().isBlank())
                return Optional.of(new Secret(cookie.getValue()));
        return Optional.empty();
    }
}
