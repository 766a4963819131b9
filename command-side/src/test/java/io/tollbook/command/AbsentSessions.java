package io.tollbook.command;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Session;
import io.tollbook.kernel.user.Sessions;
import io.tollbook.kernel.user.SignIn;
import io.tollbook.kernel.user.UserId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sessions that nobody should ask; a test overrides what it expects to be asked. */
public class AbsentSessions implements Sessions {
    @Override
    public Session signIn(SignIn wish) {
        throw new AssertionError("nobody expected a sign-in");
    }

    @Override
    public Optional<Actor> resolve(Secret token, @Nullable String address) {
        throw new AssertionError("nobody expected a session");
    }

    @Override
    public Optional<Actor> resolveAccessToken(Secret token, @Nullable String address) {
        throw new AssertionError("nobody expected an access token");
    }

    @Override
    public void signOut(Secret token) {
        throw new AssertionError("nobody expected a sign-out");
    }

    @Override
    public void endAll(UserId user, @Nullable Secret except) {
        throw new AssertionError("nobody expected sessions to end");
    }

    @Override
    public Secret hash(Secret password) {
        throw new AssertionError("nobody expected a new password");
    }

    @Override
    public boolean matches(UserId user, Secret password) {
        throw new AssertionError("nobody expected an old password");
    }
}
