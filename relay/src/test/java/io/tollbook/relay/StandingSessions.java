package io.tollbook.relay;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Session;
import io.tollbook.kernel.user.Sessions;
import io.tollbook.kernel.user.SignIn;
import io.tollbook.kernel.user.UserId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who is signed in, by cookie. */
final class StandingSessions implements Sessions {
    private final Map<String, Actor> signedIn = new ConcurrentHashMap<>();

    void reset() {
        signedIn.clear();
    }

    void signedIn(String cookie, UserId user, Role role) {
        signedIn.put(cookie, Actor.user(user, role, "session", null));
    }

    @Override
    public Optional<Actor> resolve(Secret token, @Nullable String address) {
        return Optional.ofNullable(signedIn.get(token.reveal()));
    }

    @Override
    public Session signIn(SignIn wish) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Actor> resolveAccessToken(Secret token, @Nullable String address) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void signOut(Secret token) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void endAll(UserId user, @Nullable Secret except) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Secret hash(Secret password) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean matches(UserId user, Secret password) {
        throw new UnsupportedOperationException();
    }
}
