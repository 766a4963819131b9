package io.tollbook.command.user;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.user.AccessTokenOwner;
import io.tollbook.kernel.user.Credentials;
import io.tollbook.kernel.user.CredentialsOf;
import io.tollbook.kernel.user.RecordSignIn;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Session;
import io.tollbook.kernel.user.Sessions;
import io.tollbook.kernel.user.SignIn;
import io.tollbook.kernel.user.UserById;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserProfile;
import io.tollbook.kernel.user.UserStatus;
import io.tollbook.kernel.user.Usernames;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sessions in a table, by the fingerprint of a random token. Nothing about them is remembered in memory: each use looks up
 * the session and its user as they are now, two reads by key, so that whatever ends a session on one node ends it on all.
 */
final class StoredSessions implements Sessions {
    private static final Duration LIFETIME = Duration.ofDays(30);
    private static final int TOKEN_BYTES = 32;
    private static final int TOKEN_LENGTH_MAX = 128;
    private static final int AGENT_MAX = 255;
    /** The oldest sessions of a user end beyond this, so that a script that signs in for every call fills no table. */
    private static final int PER_USER_MAX = 50;

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Messages messages;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Passwords passwords = new Passwords();
    private final SignInLimits limits;

    StoredSessions(JdbcClient jdbc, Vault vault, Messages messages, Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.messages = messages;
        this.clock = clock;
        this.limits = new SignInLimits(clock);
    }

    @Override
    public Session signIn(SignIn wish) {
        String name = Usernames.canonical(wish.username());
        limits.enter(wish.address(), name);
        Optional<Credentials> found = credentials(wish.username());
        boolean same = passwords.matches(wish.password(), found.map(this::hash).orElse(null));
        UserProfile user = found.map(Credentials::user).orElse(null);
        // Wrong, unknown and disabled give one answer: nobody learns which names exist.
        if (!same || user == null || user.status() != UserStatus.ENABLED) throw new Refused(Refusal.WRONG_CREDENTIALS);
        checkPasswordsAllowed(user);
        limits.succeeded(wish.address(), name);
        Actor self = new Actor(Caller.SYSTEM, user.id(), user.role(), "password", wish.address());
        messages.send(new RecordSignIn(user.id(), "password", clock.instant()), self);
        return open(user, wish.address(), wish.userAgent());
    }

    private Optional<Credentials> credentials(String username) {
        if (username.length() > 4 * Usernames.LENGTH_MAX) return Optional.empty();
        return messages.ask(new CredentialsOf(username), Actor.SYSTEM);
    }

    private @Nullable String hash(Credentials credentials) {
        return credentials.passwordHash() == null
                ? null
                : vault.open(credentials.passwordHash()).orElse(null);
    }

    /** Root may always: a switch that locks out the one who can turn it back has no way back. */
    private void checkPasswordsAllowed(UserProfile user) {
        if (user.role() != Role.ROOT && !Option.PASSWORD_LOGIN_ENABLED.isOn(messages.ask(new Options(), Actor.SYSTEM)))
            throw new Refused(Refusal.NOT_PERMITTED, "Signing in with a password is switched off.");
    }

    private Session open(UserProfile user, @Nullable String address, @Nullable String userAgent) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String agent = userAgent == null ? "" : userAgent;
        Instant now = clock.instant();
        jdbc.sql("""
                        insert into views.session (fingerprint, user_id, created_at, expires_at, address, user_agent)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        fingerprint(token),
                        user.id().value(),
                        at(now),
                        at(now.plus(LIFETIME)),
                        address == null
                                ? ""
                                : vault.seal(user.id().toString(), address).cipher(),
                        agent.length() > AGENT_MAX ? agent.substring(0, AGENT_MAX) : agent)
                .update();
        tidy(user.id(), now);
        return new Session(new Secret(token), user);
    }

    private void tidy(UserId user, Instant now) {
        jdbc.sql("""
                        delete from views.session where user_id = ? and (expires_at <= ? or fingerprint not in (
                            select fingerprint from views.session where user_id = ?
                            order by created_at desc, fingerprint limit ?))
                        """).params(user.value(), at(now), user.value(), PER_USER_MAX).update();
    }

    private String fingerprint(String token) {
        return vault.fingerprint("session", token);
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    @Override
    public Optional<Actor> resolve(Secret token, @Nullable String address) {
        if (token.reveal().length() > TOKEN_LENGTH_MAX) return Optional.empty();
        return jdbc.sql("select user_id from views.session where fingerprint = ? and expires_at > ?")
                .params(fingerprint(token.reveal()), at(clock.instant()))
                .query(Long.class)
                .optional()
                .flatMap(user -> actor(new UserId(user), "session", address));
    }

    @Override
    public Optional<Actor> resolveAccessToken(Secret token, @Nullable String address) {
        if (token.reveal().length() > TOKEN_LENGTH_MAX) return Optional.empty();
        return messages.ask(new AccessTokenOwner(vault.fingerprint(Vault.ACCESS_TOKEN, token.reveal())), Actor.SYSTEM)
                .flatMap(user -> actor(user, "access_token", address));
    }

    private Optional<Actor> actor(UserId user, String authentication, @Nullable String address) {
        return messages.ask(new UserById(user), Actor.SYSTEM)
                .filter(profile -> profile.status() == UserStatus.ENABLED)
                .map(profile -> Actor.user(user, profile.role(), authentication, address));
    }

    @Override
    public void signOut(Secret token) {
        jdbc.sql("delete from views.session where fingerprint = ?")
                .param(fingerprint(token.reveal()))
                .update();
    }

    @Override
    public void endAll(UserId user, @Nullable Secret except) {
        jdbc.sql("delete from views.session where user_id = ? and fingerprint <> ?")
                .params(user.value(), except == null ? "" : fingerprint(except.reveal()))
                .update();
    }

    /** Leaves out what was signed in since, for instance right after the user was enabled again. */
    void endAll(UserId user, Instant startedBefore) {
        jdbc.sql("delete from views.session where user_id = ? and created_at < ?")
                .params(user.value(), at(startedBefore))
                .update();
    }

    @Override
    public Secret hash(Secret password) {
        return passwords.hash(password);
    }

    @Override
    public boolean matches(UserId user, Secret password) {
        limits.enter(null, user.toString());
        String hash = messages.ask(new UserById(user), Actor.SYSTEM)
                .flatMap(profile -> credentials(profile.username()))
                .filter(credentials -> credentials.user().id().equals(user))
                .map(this::hash)
                .orElse(null);
        boolean same = passwords.matches(password, hash);
        if (same) limits.succeeded(null, user.toString());
        return same;
    }
}
