package io.tollbook.kernel.user;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.secret.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Server-side sign-in sessions, shared by console and management API. Each look-up sees the user's present state, so a
 * disabled, demoted or deleted user loses their rights at once.
 */
public interface Sessions {
    /** The session cookie's name. */
    String COOKIE = "session";

    /** @throws io.tollbook.kernel.Refused WRONG_CREDENTIALS or TOO_MANY_REQUESTS; the same work for unknown names */
    Session signIn(SignIn wish);

    /** Who holds this cookie now; empty once the session ended or the user was disabled or deleted. */
    Optional<Actor> resolve(Secret token, @Nullable String address);

    /** Who holds this management access token. */
    Optional<Actor> resolveAccessToken(Secret token, @Nullable String address);

    void signOut(Secret token);

    /** Ends every session of a user, but for the one given. */
    void endAll(UserId user, @Nullable Secret except);

    /** Argon2id of a password, encoded; slow on purpose. Checks the password's length first. */
    Secret hash(Secret password);

    /** Whether this is the user's present password. Counts as an attempt. */
    boolean matches(UserId user, Secret password);
}
