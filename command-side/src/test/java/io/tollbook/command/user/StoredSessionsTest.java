package io.tollbook.command.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.command.ChangingClock;
import io.tollbook.command.ReadableVault;
import io.tollbook.command.RecordedMessages;
import io.tollbook.command.TestDatabase;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.user.AccessTokenOwner;
import io.tollbook.kernel.user.Credentials;
import io.tollbook.kernel.user.CredentialsOf;
import io.tollbook.kernel.user.RecordSignIn;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Session;
import io.tollbook.kernel.user.SignIn;
import io.tollbook.kernel.user.UserById;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserProfile;
import io.tollbook.kernel.user.UserStatus;
import io.tollbook.kernel.user.Usernames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class StoredSessionsTest {
    private static final UserId ANN = new UserId(17);
    private static final UserId ROOT = new UserId(1);
    private static final Secret PASSWORD = new Secret("correct horse");
    private static final Secret WRONG = new Secret("battery staple");
    private static final String ADDRESS = "203.0.113.7";
    private static final Secret HASH = new Passwords().hash(PASSWORD);

    private final JdbcClient jdbc = JdbcClient.create(TestDatabase.dataSource());
    private final ChangingClock clock = new ChangingClock();
    private final ReadableVault vault = new ReadableVault();
    private final Map<UserId, UserProfile> users = new HashMap<>();
    private final Map<String, String> options = new HashMap<>();
    private final RecordedMessages messages = new RecordedMessages()
            .answer(Options.class, query -> options)
            .answer(UserById.class, query -> Optional.ofNullable(users.get(query.user())))
            .answer(CredentialsOf.class, query -> named(query.username()).map(this::credentials))
            .answer(
                    AccessTokenOwner.class,
                    query -> query.fingerprint().equals(vault.fingerprint(Vault.ACCESS_TOKEN, "token of ann"))
                            ? Optional.of(ANN)
                            : Optional.empty());
    private final StoredSessions sessions = new StoredSessions(jdbc, vault, messages, clock);

    @BeforeAll
    static void schema() throws Exception {
        JdbcClient jdbc = JdbcClient.create(TestDatabase.dataSource());
        jdbc.sql("drop schema if exists views cascade").update();
        jdbc.sql("create schema views").update();
        jdbc.sql(Files.readString(Path.of("../query-side/src/main/resources/db/views/V2__sessions.sql")))
                .update();
    }

    @BeforeEach
    void start() {
        jdbc.sql("truncate views.session").update();
        user(ANN, "ann", Role.USER, UserStatus.ENABLED);
        user(ROOT, "root", Role.ROOT, UserStatus.ENABLED);
    }

    private void user(UserId id, String name, Role role, UserStatus status) {
        users.put(id, new UserProfile(id, name, name, role, status, "default", "", clock.instant(), null));
    }

    private Optional<UserProfile> named(String name) {
        return users.values().stream()
                .filter(user -> Usernames.canonical(user.username()).equals(Usernames.canonical(name)))
                .findFirst();
    }

    private Credentials credentials(UserProfile user) {
        Sealed hash = user.username().equals("passwordless")
                ? null
                : vault.seal(user.id().toString(), HASH.reveal());
        return new Credentials(user, hash);
    }

    private Session signIn(String name, Secret password) {
        return signIn(name, password, ADDRESS);
    }

    private Session signIn(String name, Secret password, @Nullable String address) {
        return sessions.signIn(new SignIn(name, password, address, "test agent"));
    }

    private void refused(Refusal refusal, Callable<?> call) {
        assertThatThrownBy(call::call)
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.refusal()).isEqualTo(refusal));
    }

    @Test
    void aSignInGivesASessionThatIsItsUser() {
        Session session = signIn(" ANN ", PASSWORD);

        assertThat(session.user().id()).isEqualTo(ANN);
        assertThat(sessions.resolve(session.token(), ADDRESS)).contains(Actor.user(ANN, Role.USER, "session", ADDRESS));
        assertThat(messages.sent())
                .containsExactly(new RecordedMessages.Sent(
                        new RecordSignIn(ANN, "password", clock.instant()),
                        new Actor(Caller.SYSTEM, ANN, Role.USER, "password", ADDRESS),
                        null));
    }

    @Test
    void theTableHoldsNeitherTokenNorAddress() {
        Session session = signIn("ann", PASSWORD);

        Map<String, Object> row =
                jdbc.sql("select * from views.session").query().singleRow();
        assertThat(session.token().reveal()).hasSize(43);
        assertThat(row.get("fingerprint"))
                .isEqualTo(vault.fingerprint("session", session.token().reveal()));
        assertThat(row.get("address")).isEqualTo(vault.seal("user-17", ADDRESS).cipher());
        assertThat(row.get("user_agent")).isEqualTo("test agent");
    }

    @Test
    void wrongUnknownPasswordlessDisabledAndDeletedGetOneAnswer() {
        user(new UserId(20), "passwordless", Role.USER, UserStatus.ENABLED);
        user(new UserId(21), "disabled", Role.USER, UserStatus.DISABLED);
        user(new UserId(22), "deleted", Role.USER, UserStatus.DELETED);
        refused(Refusal.WRONG_CREDENTIALS, () -> signIn("ann", WRONG));
        refused(Refusal.WRONG_CREDENTIALS, () -> signIn("nobody", PASSWORD));
        refused(Refusal.WRONG_CREDENTIALS, () -> signIn("passwordless", PASSWORD));
        refused(Refusal.WRONG_CREDENTIALS, () -> signIn("disabled", PASSWORD));
        refused(Refusal.WRONG_CREDENTIALS, () -> signIn("deleted", PASSWORD));
        refused(Refusal.WRONG_CREDENTIALS, () -> signIn("n".repeat(100_000), PASSWORD));
        refused(Refusal.WRONG_CREDENTIALS, () -> signIn("ann", new Secret("p".repeat(100_000))));
        assertThat(messages.sent()).isEmpty();
    }

    @Test
    void anUnknownNameTakesAsLongAsAKnownOne() {
        Passwords passwords = new Passwords();
        passwords.matches(WRONG, HASH.reveal());
        passwords.matches(WRONG, null);
        long known = Long.MAX_VALUE;
        long unknown = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            known = Math.min(known, nanos(() -> passwords.matches(WRONG, HASH.reveal())));
            unknown = Math.min(unknown, nanos(() -> passwords.matches(WRONG, null)));
        }

        assertThat((double) unknown / known).isBetween(0.6, 1.7);
    }

    private static long nanos(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }

    @Test
    void guessingIsSlowedDownPerNameWhetherItExistsOrNot() {
        for (String name : List.of("ann", "nobody")) {
            for (int i = 0; i < 5; i++) refused(Refusal.WRONG_CREDENTIALS, () -> signIn(name, WRONG, null));
            refused(Refusal.TOO_MANY_REQUESTS, () -> signIn(name, PASSWORD, null));
        }
        clock.pass(Duration.ofSeconds(1));
        signIn("ann", PASSWORD, null);
        signIn("ann", PASSWORD, null); // The right password forgives the wrong ones.
    }

    @Test
    void guessingIsSlowedDownPerAddressWhateverTheName() {
        for (int i = 0; i < 20; i++) {
            String name = "nobody" + i;
            refused(Refusal.WRONG_CREDENTIALS, () -> signIn(name, WRONG));
        }
        refused(Refusal.TOO_MANY_REQUESTS, () -> signIn("ann", PASSWORD));
        signIn("ann", PASSWORD, "203.0.113.8");
    }

    @Test
    void oneCustomersIpv6AddressesAreOne() {
        assertThat(SignInLimits.network("2001:db8:1:2::3")).isEqualTo(SignInLimits.network("2001:db8:1:2:ffff::"));
        assertThat(SignInLimits.network("2001:db8:1:2::3")).isNotEqualTo(SignInLimits.network("2001:db8:1:3::3"));
        assertThat(SignInLimits.network("::ffff:203.0.113.7")).isEqualTo(SignInLimits.network("203.0.113.7"));
    }

    @Test
    void aHundredGuessesAtOnceAreAHundred() throws Exception {
        List<Callable<Refusal>> guesses = new ArrayList<>();
        for (int i = 0; i < 100; i++)
            guesses.add(() -> {
                try {
                    signIn("ann", WRONG);
                    throw new AssertionError("a wrong password was right");
                } catch (Refused refused) {
                    return refused.refusal();
                }
            });
        int looked = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(guesses)) if (answer.get() == Refusal.WRONG_CREDENTIALS) looked++;
        }
        assertThat(looked).isEqualTo(5);
    }

    @Test
    void passwordsMayBeSwitchedOffButNotForRoot() {
        options.put("PasswordLoginEnabled", "false");
        refused(Refusal.NOT_PERMITTED, () -> signIn("ann", PASSWORD));
        signIn("root", PASSWORD);
    }

    @Test
    void aSessionIsWhatItsUserIsNow() {
        Secret token = signIn("ann", PASSWORD).token();

        user(ANN, "ann", Role.ADMIN, UserStatus.ENABLED);
        assertThat(sessions.resolve(token, null).orElseThrow().role()).isEqualTo(Role.ADMIN);
        user(ANN, "ann", Role.ADMIN, UserStatus.DISABLED);
        assertThat(sessions.resolve(token, null)).isEmpty();
        user(ANN, "ann", Role.USER, UserStatus.DELETED);
        assertThat(sessions.resolve(token, null)).isEmpty();
        users.remove(ANN);
        assertThat(sessions.resolve(token, null)).isEmpty();
    }

    @Test
    void aSessionEndsAfterThirtyDays() {
        Secret token = signIn("ann", PASSWORD).token();

        clock.pass(Duration.ofDays(30).minusMillis(1));
        assertThat(sessions.resolve(token, null)).isPresent();
        clock.pass(Duration.ofMillis(1));
        assertThat(sessions.resolve(token, null)).isEmpty();
    }

    @Test
    void signingOutEndsThatSessionOnly() {
        Secret one = signIn("ann", PASSWORD).token();
        Secret other = signIn("ann", PASSWORD).token();

        sessions.signOut(one);

        assertThat(sessions.resolve(one, null)).isEmpty();
        assertThat(sessions.resolve(other, null)).isPresent();
    }

    @Test
    void allSessionsButOneEndTogether() {
        Secret kept = signIn("ann", PASSWORD).token();
        Secret ended = signIn("ann", PASSWORD).token();
        Secret root = signIn("root", PASSWORD).token();

        sessions.endAll(ANN, kept);
        assertThat(sessions.resolve(kept, null)).isPresent();
        assertThat(sessions.resolve(ended, null)).isEmpty();

        sessions.endAll(ANN, (Secret) null);
        assertThat(sessions.resolve(kept, null)).isEmpty();
        assertThat(sessions.resolve(root, null)).isPresent();
    }

    @Test
    void aSessionBegunAfterTheStopIsLeft() {
        Secret before = signIn("ann", PASSWORD).token();
        clock.pass(Duration.ofSeconds(1));
        Secret after = signIn("ann", PASSWORD).token();

        sessions.endAll(ANN, clock.instant());

        assertThat(sessions.resolve(before, null)).isEmpty();
        assertThat(sessions.resolve(after, null)).isPresent();
    }

    @Test
    void aUserHasFiftySessionsAtMostAndOldRowsGo() {
        List<Secret> tokens = new ArrayList<>();
        jdbc.sql("""
                        insert into views.session
                        select 'old' || i, 17, ?, ?, '', '' from generate_series(1, 60) i
                        """)
                .params(
                        clock.instant().minusSeconds(10).atOffset(java.time.ZoneOffset.UTC),
                        clock.instant().plusSeconds(10).atOffset(java.time.ZoneOffset.UTC))
                .update();
        tokens.add(signIn("ann", PASSWORD).token());
        assertThat(count()).isEqualTo(50);

        clock.pass(Duration.ofSeconds(10));
        tokens.add(signIn("ann", PASSWORD).token());
        assertThat(count()).isEqualTo(2);
        for (Secret token : tokens) assertThat(sessions.resolve(token, null)).isPresent();
    }

    private long count() {
        return jdbc.sql("select count(*) from views.session").query(Long.class).single();
    }

    @Test
    void aMadeUpTokenIsNobody() {
        assertThat(sessions.resolve(new Secret("x"), null)).isEmpty();
        assertThat(sessions.resolve(new Secret("x".repeat(10_000)), null)).isEmpty();
        assertThat(sessions.resolveAccessToken(new Secret("x".repeat(10_000)), null))
                .isEmpty();
    }

    @Test
    void anAccessTokenIsItsOwnerWhileEnabled() {
        assertThat(sessions.resolveAccessToken(new Secret("token of ann"), ADDRESS))
                .contains(Actor.user(ANN, Role.USER, "access_token", ADDRESS));
        assertThat(sessions.resolveAccessToken(new Secret("another"), ADDRESS)).isEmpty();
        user(ANN, "ann", Role.USER, UserStatus.DISABLED);
        assertThat(sessions.resolveAccessToken(new Secret("token of ann"), ADDRESS))
                .isEmpty();
    }

    @Test
    void askingForTheOldPasswordCountsAsGuessing() {
        assertThat(sessions.matches(ANN, PASSWORD)).isTrue();
        for (int i = 0; i < 5; i++) assertThat(sessions.matches(ANN, WRONG)).isFalse();
        refused(Refusal.TOO_MANY_REQUESTS, () -> sessions.matches(ANN, PASSWORD));
        assertThat(sessions.matches(new UserId(99), PASSWORD)).isFalse();
    }

    @Test
    void hashesOnlyPasswords() {
        assertThat(sessions.hash(PASSWORD).reveal()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        refused(Refusal.INVALID, () -> sessions.hash(new Secret("1234567")));
        refused(Refusal.INVALID, () -> sessions.hash(new Secret("p".repeat(129))));
    }
}
