package io.tollbook.console.access;

import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinResponse;
import com.vaadin.flow.server.VaadinService;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Session;
import io.tollbook.kernel.user.Sessions;
import io.tollbook.kernel.user.SignIn;
import io.tollbook.kernel.user.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The person at the browser of the request that runs now. Pages send and ask through it, in that person's name. Who it is
 * is looked up once a request, so a person who was disabled a moment ago can do nothing more.
 */
@Component
public class Visitor {
    private static final String RESOLVED = Visitor.class.getName() + ".actor";

    private final Messages messages;
    private final Sessions sessions;

    Visitor(Messages messages, Sessions sessions) {
        this.messages = messages;
        this.sessions = sessions;
    }

    /** Who it is; a guest if nobody is signed in. */
    public Actor actor() {
        VaadinRequest request = VaadinService.getCurrentRequest();
        if (request.getAttribute(RESOLVED) instanceof Actor known) return known;
        Actor actor = SessionCookie.of(request)
                .flatMap(token -> sessions.resolve(token, request.getRemoteAddr()))
                .orElseGet(() -> Actor.guest(request.getRemoteAddr()));
        request.setAttribute(RESOLVED, actor);
        return actor;
    }

    /** The signed-in user, or a refusal for guests. */
    public UserId user() {
        return actor().signedIn();
    }

    public boolean isAtLeast(Role role) {
        return actor().isAtLeast(role);
    }

    /** Whether they may see what this role sees. */
    public boolean maySee(Role role) {
        return actor().maySee(role);
    }

    public boolean isAuditor() {
        return actor().role() == Role.AUDITOR;
    }

    public <R extends @Nullable Object> R send(Command<R> command) {
        return messages.send(command, actor());
    }

    public <R extends @Nullable Object> R send(Command<R> command, String reason) {
        return messages.send(command, actor(), reason);
    }

    public <R extends @Nullable Object> R ask(Query<R> query) {
        return messages.ask(query, actor());
    }

    /** @throws io.tollbook.kernel.Refused WRONG_CREDENTIALS or TOO_MANY_REQUESTS */
    public void signIn(String username, Secret password) {
        VaadinRequest request = VaadinService.getCurrentRequest();
        enter(sessions.signIn(
                new SignIn(username, password, request.getRemoteAddr(), request.getHeader("User-Agent"))));
    }

    /** Makes this browser the session's. What the same request does afterwards, it does as that user. */
    public void enter(Session session) {
        VaadinRequest request = VaadinService.getCurrentRequest();
        SessionCookie.set(request, response(), session);
        request.setAttribute(
                RESOLVED, Actor.user(session.user().id(), session.user().role(), "session", request.getRemoteAddr()));
    }

    public void signOut() {
        VaadinRequest request = VaadinService.getCurrentRequest();
        SessionCookie.of(request).ifPresent(sessions::signOut);
        SessionCookie.clear(request, response());
        request.setAttribute(RESOLVED, Actor.guest(request.getRemoteAddr()));
    }

    /** Ends the user's other sessions and keeps this one. */
    public void endOtherSessions() {
        sessions.endAll(
                user(), SessionCookie.of(VaadinService.getCurrentRequest()).orElse(null));
    }

    private static VaadinResponse response() {
        return VaadinService.getCurrentResponse();
    }
}
