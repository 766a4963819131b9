package io.tollbook.console.access;

import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinResponse;
import com.vaadin.flow.server.VaadinServletRequest;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Session;
import io.tollbook.kernel.user.Sessions;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.Optional;

/**
 * The cookie that console and management API share. It travels on ordinary HTTP answers only, so the console uses polling
 * and no socket.
 */
final class SessionCookie {
    private static final Duration AGE_MAX = Duration.ofDays(30);

    private SessionCookie() {}

    static Optional<Secret> of(VaadinRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) return Optional.empty();
        for (Cookie cookie : cookies)
            if (Sessions.COOKIE.equals(cookie.getName())) return Optional.of(new Secret(cookie.getValue()));
        return Optional.empty();
    }

    /** Hands the cookie out and gives the HTTP session another id, so that one planted before sign-in is worthless. */
    static void set(VaadinRequest request, VaadinResponse response, Session session) {
        if (request instanceof VaadinServletRequest servlet)
            servlet.getHttpServletRequest().changeSessionId();
        response.addCookie(cookie(request, session.token().reveal(), (int) AGE_MAX.toSeconds()));
    }

    static void clear(VaadinRequest request, VaadinResponse response) {
        response.addCookie(cookie(request, "", 0));
    }

    private static Cookie cookie(VaadinRequest request, String value, int seconds) {
        Cookie cookie = new Cookie(Sessions.COOKIE, value);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Strict");
        cookie.setMaxAge(seconds);
        return cookie;
    }
}
