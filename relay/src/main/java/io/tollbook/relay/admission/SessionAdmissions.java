package io.tollbook.relay.admission;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.token.Admission;
import io.tollbook.kernel.token.AdmissionOfUser;
import io.tollbook.kernel.token.TokenTerms;
import io.tollbook.kernel.user.Sessions;
import io.tollbook.relay.directory.SiteOptions;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets signed-in users call without a key, from the site's own pages. Asked anew for each call: people are few and slow, and
 * a session that has ended must be worth nothing at once.
 *
 * <p>Another site's page that has a visitor's browser call here gets nowhere: the cookie is not sent along by its own rule,
 * the browser says where the call comes from, and the header with the user's number cannot be sent across sites unasked.
 */
@Component
public final class SessionAdmissions {
    private static final String USER_HEADER = "New-Api-User";
    /** At once, so that a flood of made-up cookies cannot take the database's connections. */
    private static final int LOOK_UPS_MAX = 4;

    private final Sessions sessions;
    private final Messages messages;
    private final SiteOptions options;
    private final Clock clock = Clock.systemUTC();
    private final Semaphore lookUps = new Semaphore(LOOK_UPS_MAX);

    SessionAdmissions(Sessions sessions, Messages messages, SiteOptions options) {
        this.sessions = sessions;
        this.messages = messages;
        this.options = options;
    }

    /** @throws Refused SIGN_IN_REQUIRED, NOT_PERMITTED for another site's page, or what the user's state says */
    public Admitted admit(HttpServletRequest request) {
        if (!isFromHere(request)) throw new Refused(Refusal.NOT_PERMITTED, "Only this site's own pages may call here.");
        String header = request.getHeader(USER_HEADER);
        Secret cookie = cookie(request);
        if (cookie == null || header == null) throw new Refused(Refusal.SIGN_IN_REQUIRED);
        return checked(
                find(cookie, header.strip(), request.getRemoteAddr())
                        .orElseThrow(() -> new Refused(Refusal.SIGN_IN_REQUIRED)),
                request.getRemoteAddr());
    }

    /**
     * The same user in a group of their choice; empty for their own.
     *
     * @throws Refused GROUP_NOT_ALLOWED
     */
    public Admitted in(Admitted admitted, String group, String address) {
        if (group.isEmpty()) return admitted;
        Admission user = admitted.admission();
        TokenTerms terms = user.terms();
        return checked(
                new Admission(
                        user.token(),
                        user.user(),
                        user.account(),
                        user.enabled(),
                        new TokenTerms(
                                terms.name(),
                                terms.expiresAt(),
                                terms.remaining(),
                                terms.modelsLimited(),
                                terms.models(),
                                terms.addresses(),
                                group,
                                terms.crossGroupRetry()),
                        user.userStatus(),
                        user.role(),
                        user.userGroup()),
                address);
    }

    private Admitted checked(Admission admission, String address) {
        Admitted admitted = new Admitted(admission);
        admitted.check(clock.instant(), address, options.groups());
        return admitted;
    }

    private Optional<Admission> find(Secret cookie, String user, String address) {
        try {
            if (!lookUps.tryAcquire(2, TimeUnit.SECONDS)) throw new Refused(Refusal.OVERLOADED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Refusal.OVERLOADED);
        }
        try {
            return sessions.resolve(cookie, address)
                    .map(Actor::signedIn)
                    .filter(found -> Long.toString(found.value()).equals(user))
                    .flatMap(found -> messages.ask(new AdmissionOfUser(found), Actor.RELAY));
        } finally {
            lookUps.release();
        }
    }

    private static @Nullable Secret cookie(HttpServletRequest request) {
        if (request.getCookies() == null) return null;
        for (Cookie cookie : request.getCookies())
            if (cookie.getName().equals(Sessions.COOKIE) && !cookie.getValue().isBlank())
                return new Secret(cookie.getValue());
        return null;
    }

    /** By what browsers say and pages cannot change. Who says nothing is no browser of today. */
    private boolean isFromHere(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin")) return false;
        String origin = request.getHeader("Origin");
        if (origin == null) return true;
        String from = authority(origin);
        // A proxy may say Host in its own words; then it passes on the client's, or the site's address is set.
        return !from.isEmpty()
                && (from.equalsIgnoreCase(request.getHeader("Host"))
                        || from.equalsIgnoreCase(request.getHeader("X-Forwarded-Host"))
                        || from.equalsIgnoreCase(authority(options.serverAddress())));
    }

    private static String authority(String address) {
        try {
            String authority = URI.create(address.strip()).getRawAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
