package io.tollbook.command.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.DirectoryChange;
import io.tollbook.kernel.DirectoryChanges;
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
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sessions in a table, by the fingerprint of a random token. What a session may do is looked up in the user's present state,
 * remembered for as long as nothing changes.
 */
@Component
final class StoredSessions implements Sessions {
    private static final Duration LIFETIME = Duration.ofDays(30);
    private static final int REMEMBERED = 50_000;
    private static final Duration REMEMBERED_FOR = Duration.ofSeconds(30);

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Messages messages;
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();
    private final Passwords passwords = new Passwords();
    private final SignInLimits limits = new SignInLimits();
    private final Cache<String, UserId> users = remembered();
    private final Cache<String, UserId> accessTokens = remembered();
    private final Cache<UserId, UserProfile> profiles = remembered();

    StoredSessions(DataSource dataSource, Vault vault, Messages messages, DirectoryChanges changes) {
        jdbc = JdbcClient.create(dataSource);
        this.vault = vault;
        this.messages = messages;
        changes.subscribe(this::on);
    }

    private static <K, V> Cache<K, V> remembered() {
        return Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(REMEMBERED_FOR)
                .build();
    }

    private void on(DirectoryChange change) {
        switch (change.kind()) {
            case USER -> {
                profiles.invalidate(new UserId(Math.max(1, change.id())));
                accessTokens.invalidateAll();
            }
            case ALL -> {
                profiles.invalidateAll();
                accessTokens.invalidateAll();
                users.invalidateAll();
            }
            default -> {}
        }
    }

    @Override
    public Session signIn(SignIn wish) {
        if (!Option.PASSWORD_LOGIN_ENABLED.isOn(messages.ask(new Options(), Actor.SYSTEM)))
            throw new Refused(Refusal.NOT_PERMITTED, "Signing in with a password is switched off.");
        String address = wish.address() == null ? "" : wish.address();
        String name = Usernames.canonical(wish.username());
        limits.check(address, name);
        Optional<Credentials> found = messages.ask(new CredentialsOf(wish.username()), Actor.SYSTEM);
        UserProfile user = found.filter(credentials -> matches(credentials, wish.password()))
                .map(Credentials::user)
                .filter(profile -> profile.status() == UserStatus.ENABLED)
                .orElse(null);
        if (found.isEmpty()) passwords.pretend(wish.password());
        if (user == null) {
            limits.failed(address, name);
            throw new Refused(Refusal.WRONG_CREDENTIALS);
        }
        limits.succeeded(name);
        messages.send(new RecordSignIn(user.id(), "password", clock.instant()), Actor.SYSTEM);
        return open(user, wish.address(), wish.userAgent());
    }

    private boolean matches(Credentials credentials, Secret password) {
        String hash = credentials.passwordHash() == null
                ? null
                : vault.open(credentials.passwordHash()).orElse(null);
        if (hash != null) return passwords.matches(password, hash);
        passwords.pretend(password);
        return false;
    }

    private Session open(UserProfile user, @Nullable String address, @Nullable String userAgent) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String agent = userAgent == null ? "" : userAgent;
        jdbc.sql("""
                        insert into views.session (fingerprint, user_id, created_at, expires_at, address, user_agent)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        vault.fingerprint("session", token),
                        user.id().value(),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        clock.instant().plus(LIFETIME).atOffset(ZoneOffset.UTC),
                        address == null
                                ? ""
                                : vault.seal(user.id().toString(), address).cipher(),
                        agent.length() > 255 ? agent.substring(0, 255) : agent)
                .update();
        return new Session(new Secret(token), user);
    }

    @Override
    public Optional<Actor> resolve(Secret token, @Nullable String address) {
        String fingerprint = vault.fingerprint("session", token.reveal());
        UserId user = users.getIfPresent(fingerprint);
        if (user == null) {
            user = jdbc.sql("select user_id from views.session where fingerprint = ? and expires_at > ?")
                    .params(fingerprint, clock.instant().atOffset(ZoneOffset.UTC))
                    .query(Long.class)
                    .optional()
                    .map(UserId::new)
                    .orElse(null);
            if (user == null) return Optional.empty();
            users.put(fingerprint, user);
        }
        return actor(user, "session", address);
    }

    @Override
    public Optional<Actor> resolveAccessToken(Secret token, @Nullable String address) {
        if (token.reveal().length() > 128) return Optional.empty();
        String fingerprint = vault.fingerprint(Vault.ACCESS_TOKEN, token.reveal());
        UserId user = accessTokens.getIfPresent(fingerprint);
        if (user == null) {
            user = messages.ask(new AccessTokenOwner(fingerprint), Actor.SYSTEM).orElse(null);
            if (user == null) return Optional.empty();
            accessTokens.put(fingerprint, user);
        }
        return actor(user, "access_token", address);
    }

    private Optional<Actor> actor(UserId user, String authentication, @Nullable String address) {
        UserProfile profile = profiles.getIfPresent(user);
        if (profile == null) {
            profile = messages.ask(new UserById(user), Actor.SYSTEM).orElse(null);
            if (profile == null) return Optional.empty();
            profiles.put(user, profile);
        }
        if (profile.status() != UserStatus.ENABLED) return Optional.empty();
        return Optional.of(Actor.user(user, profile.role(), authentication, address));
    }

    @Override
    public void signOut(Secret token) {
        String fingerprint = vault.fingerprint("session", token.reveal());
        jdbc.sql("delete from views.session where fingerprint = ?")
                .param(fingerprint)
                .update();
        users.invalidate(fingerprint);
    }

    @Override
    public void endAll(UserId user, @Nullable Secret except) {
        String kept = except == null ? "" : vault.fingerprint("session", except.reveal());
        jdbc.sql("delete from views.session where user_id = ? and fingerprint <> ?")
                .params(user.value(), kept)
                .update();
        users.asMap()
                .entrySet()
                .removeIf(entry ->
                        entry.getValue().equals(user) && !entry.getKey().equals(kept));
    }

    @Override
    public Secret hash(Secret password) {
        return passwords.hash(password);
    }

    @Override
    public boolean matches(UserId user, Secret password) {
        UserProfile profile = messages.ask(new UserById(user), Actor.SYSTEM).orElse(null);
        if (profile == null) return false;
        String name = Usernames.canonical(profile.username());
        limits.check("", name);
        boolean same = messages.ask(new CredentialsOf(profile.username()), Actor.SYSTEM)
                .filter(credentials -> matches(credentials, password))
                .isPresent();
        if (!same) limits.failed("", name);
        return same;
    }
}
