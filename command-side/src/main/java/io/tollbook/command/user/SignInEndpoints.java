package io.tollbook.command.user;

import io.tollbook.command.access.GrowingDelay;
import io.tollbook.command.api.SessionCookie;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.site.SiteStateNow;
import io.tollbook.kernel.user.RegisterUser;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Session;
import io.tollbook.kernel.user.Sessions;
import io.tollbook.kernel.user.SignIn;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserProfile;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SignInEndpoints {
    private static final int FREE_REGISTRATIONS = 20;

    record Credentials(@Nullable String username, @Nullable String password) {}

    private final Sessions sessions;
    private final Messages messages;
    private final Ids ids;
    private final GrowingDelay registrations =
            new GrowingDelay(FREE_REGISTRATIONS, Duration.ofMinutes(20), Clock.systemUTC());

    SignInEndpoints(Sessions sessions, Messages messages, Ids ids) {
        this.sessions = sessions;
        this.messages = messages;
        this.ids = ids;
    }

    @PostMapping("/api/user/login")
    ResponseEntity<Envelope> signIn(@RequestBody Credentials form, HttpServletRequest request) {
        if (form.username() == null || form.password() == null)
            throw Refused.invalid("Username and password are needed.");
        Session session = sessions.signIn(new SignIn(
                form.username(),
                new Secret(form.password()),
                request.getRemoteAddr(),
                request.getHeader("User-Agent")));
        UserProfile user = session.user();
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.SET_COOKIE,
                        SessionCookie.of(session.token(), request).toString())
                .body(Envelope.of(Map.of(
                        "id", user.id().value(),
                        "username", user.username(),
                        "display_name", user.displayName(),
                        "role", user.role().number(),
                        "status", user.status().number(),
                        "group", user.group(),
                        "avatar_url", "")));
    }

    /** Takes GET as well, because clients of this API sign out so; the cookie is SameSite=Strict. */
    @RequestMapping(
            path = "/api/user/logout",
            method = {RequestMethod.GET, RequestMethod.POST})
    ResponseEntity<Envelope> signOut(HttpServletRequest request) {
        SessionCookie.in(request).ifPresent(sessions::signOut);
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, SessionCookie.ended(request).toString())
                .body(Envelope.done());
    }

    @PostMapping("/api/user/register")
    Envelope register(@RequestBody Credentials form, HttpServletRequest request) {
        Map<String, String> options = messages.ask(new Options(), Actor.SYSTEM);
        if (!Option.REGISTER_ENABLED.isOn(options)
                || !Option.PASSWORD_REGISTER_ENABLED.isOn(options)
                || Option.SELF_USE_MODE.isOn(options)
                || !messages.ask(new SiteStateNow(), Actor.SYSTEM).setUp())
            throw new Refused(Refusal.REGISTRATION_CLOSED);
        if (form.username() == null || form.password() == null)
            throw Refused.invalid("Username and password are needed.");
        registrations.enter(SignInLimits.network(request.getRemoteAddr()));
        messages.send(
                new RegisterUser(
                        new UserId(ids.next(Ids.Kind.USER)),
                        form.username(),
                        form.username(),
                        Role.USER,
                        "default",
                        sessions.hash(new Secret(form.password())),
                        Quota.of(Option.QUOTA_FOR_NEW_USER.number(options)),
                        Instant.now()),
                Actor.SYSTEM);
        return Envelope.done();
    }
}
