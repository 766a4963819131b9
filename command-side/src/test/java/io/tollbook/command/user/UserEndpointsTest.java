package io.tollbook.command.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import io.tollbook.command.AbsentSessions;
import io.tollbook.command.ReadableVault;
import io.tollbook.command.RecordedMessages;
import io.tollbook.command.api.Api;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AdjustQuota;
import io.tollbook.kernel.account.Adjusted;
import io.tollbook.kernel.account.Balance;
import io.tollbook.kernel.account.BalanceOf;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.RequestAdjustment;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.site.SiteState;
import io.tollbook.kernel.site.SiteStateNow;
import io.tollbook.kernel.user.ChangePassword;
import io.tollbook.kernel.user.ChangeRole;
import io.tollbook.kernel.user.ChangeUser;
import io.tollbook.kernel.user.DeleteUser;
import io.tollbook.kernel.user.DisableUser;
import io.tollbook.kernel.user.EnableUser;
import io.tollbook.kernel.user.IssueAccessToken;
import io.tollbook.kernel.user.RegisterUser;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Session;
import io.tollbook.kernel.user.Sessions;
import io.tollbook.kernel.user.SignIn;
import io.tollbook.kernel.user.UserById;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserProfile;
import io.tollbook.kernel.user.UserStatus;
import jakarta.servlet.http.Cookie;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;

class UserEndpointsTest {
    private static final UserId ROOT = new UserId(1);
    private static final UserId ADMIN = new UserId(2);
    private static final UserId ANN = new UserId(17);
    private static final UserId GONE = new UserId(18);
    private static final Actor AS_ROOT = Actor.user(ROOT, Role.ROOT, "session", null);
    private static final Actor AS_ADMIN = Actor.user(ADMIN, Role.ADMIN, "session", null);
    private static final Actor AS_ANN = Actor.user(ANN, Role.USER, "session", null);
    private static final String PASSWORD = "correct horse";

    private final Map<UserId, UserProfile> users = Map.of(
            ROOT, profile(ROOT, "root", Role.ROOT, UserStatus.ENABLED),
            ADMIN, profile(ADMIN, "admin", Role.ADMIN, UserStatus.ENABLED),
            ANN, profile(ANN, "ann", Role.USER, UserStatus.ENABLED),
            GONE, profile(GONE, "gone", Role.USER, UserStatus.DELETED));
    private final Map<String, String> options = new HashMap<>(Map.of("QuotaForNewUser", "500"));
    private boolean setUp = true;
    private final List<String> ended = new ArrayList<>();
    private final ReadableVault vault = new ReadableVault();
    private final RecordedMessages messages = new RecordedMessages()
            .answer(Options.class, query -> options)
            .answer(SiteStateNow.class, query -> new SiteState(setUp, setUp))
            .answer(UserById.class, query -> Optional.ofNullable(users.get(query.user())))
            .answer(
                    BalanceOf.class,
                    query -> new Balance(query.account(), Quota.of(70), Quota.ZERO, Quota.of(30), Quota.ZERO, 3));

    private final Sessions sessions = new AbsentSessions() {
        @Override
        public Session signIn(SignIn wish) {
            assertThat(wish.address()).isEqualTo("127.0.0.1");
            return new Session(new Secret("the-token"), users.get(ANN));
        }

        @Override
        public void signOut(Secret token) {
            ended.add("session " + token.reveal());
        }

        @Override
        public void endAll(UserId user, @Nullable Secret except) {
            ended.add("all of " + user + (except == null ? "" : " but " + except.reveal()));
        }

        @Override
        public Secret hash(Secret password) {
            io.tollbook.kernel.user.Usernames.checkPassword(password.reveal());
            return new Secret("hash of " + password.reveal());
        }

        @Override
        public boolean matches(UserId user, Secret password) {
            return password.reveal().equals(PASSWORD);
        }
    };

    private final Api api = new Api(
            new UserEndpoints(messages, sessions, ids()),
            new SelfEndpoints(messages, sessions, vault),
            new SignInEndpoints(sessions, messages, ids()));

    private static Ids ids() {
        AtomicLong next = new AtomicLong(100);
        return kind -> next.incrementAndGet();
    }

    private static UserProfile profile(UserId id, String name, Role role, UserStatus status) {
        return new UserProfile(id, name, name, role, status, "default", "", Instant.EPOCH, null);
    }

    @Test
    void signingInSetsTheCookieAndTellsWhoOneIs() {
        var answer = api.post("/api/user/login", "{\"username\":\"ann\",\"password\":\"x\"}")
                .succeeds();
        answer.hasFields("avatar_url", "display_name", "group", "id", "role", "status", "username");
        assertThat(answer.response().getHeader("Set-Cookie")).startsWith("session=the-token");
        api.post("/api/user/login", "{\"username\":\"ann\"}").fails(200, "needed");
        api.post("/api/user/login", "null").fails(400, "JSON");
    }

    @Test
    void signingOutEndsTheSessionByGetAndPost() {
        for (var method : List.of(org.springframework.http.HttpMethod.GET, org.springframework.http.HttpMethod.POST)) {
            var answer = api.send(org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request(
                                    method, "/api/user/logout")
                            .cookie(new Cookie("session", "abc")))
                    .succeeds();
            assertThat(answer.response().getHeader("Set-Cookie")).contains("session=;", "Max-Age=0");
        }
        assertThat(ended).containsExactly("session abc", "session abc");
        api.get("/api/user/logout").succeeds();
    }

    @Test
    void registeringMakesAUserWithTheOpeningGrant() {
        api.post("/api/user/register", "{\"username\":\"carl\",\"password\":\"" + PASSWORD + "\"}")
                .succeeds();

        RegisterUser command = (RegisterUser) messages.commands().getLast();
        assertThat(command.role()).isEqualTo(Role.USER);
        assertThat(command.openingGrant()).isEqualTo(Quota.of(500));
        assertThat(command.passwordHash()).isEqualTo(new Secret("hash of " + PASSWORD));
    }

    @ParameterizedTest
    @CsvSource({"RegisterEnabled, false", "PasswordRegisterEnabled, false", "SelfUseModeEnabled, true"})
    void registeringMayBeClosed(String option, String value) {
        options.put(option, value);
        api.post("/api/user/register", "{\"username\":\"carl\",\"password\":\"" + PASSWORD + "\"}")
                .fails(200, "closed");
    }

    @Test
    void nobodyRegistersBeforeTheSiteIsSetUp() {
        setUp = false;
        api.post("/api/user/register", "{\"username\":\"carl\",\"password\":\"" + PASSWORD + "\"}")
                .fails(200, "closed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"username\":\"carl\"}",
                "{\"username\":\"carl\",\"password\":\"short\"}",
                "{\"username\":\"a name of 21 letters!\",\"password\":\"correct horse\"}",
                "{\"username\":\" \",\"password\":\"correct horse\"}",
                "{\"username\":\"a\\u200bb\",\"password\":\"correct horse\"}",
                "{\"username\":\"a\\u0000b\",\"password\":\"correct horse\"}",
                "{\"username\":\"a\\u202eb\",\"password\":\"correct horse\"}",
            })
    void registeringNeedsANameAndAPassword(String body) {
        api.post("/api/user/register", body).fails(200, "");
        api.as(AS_ADMIN).post("/api/user/", body).fails(200, "");
        assertThat(messages.sent()).isEmpty();
    }

    @Test
    void oneAddressRegistersOnlySoMany() {
        for (int i = 0; i < 20; i++)
            api.post("/api/user/register", "{\"username\":\"u" + i + "\",\"password\":\"" + PASSWORD + "\"}")
                    .succeeds();
        assertThat(api.post("/api/user/register", "{\"username\":\"u\",\"password\":\"" + PASSWORD + "\"}")
                        .response()
                        .getStatus())
                .isEqualTo(429);
    }

    @Test
    void oneChangesOnesNames() {
        api.as(AS_ANN)
                .put("/api/user/self", "{\"username\":\"anna\",\"display_name\":\"Anna\",\"role\":100,\"quota\":9}")
                .succeeds();
        assertThat(messages.commands()).containsExactly(new ChangeUser(ANN, "anna", "Anna", null, null));
        assertThat(messages.sent().getLast().actor()).isEqualTo(AS_ANN);
    }

    @Test
    void aNewPasswordNeedsTheOldAndEndsTheOtherSessions() {
        api.as(AS_ANN)
                .put("/api/user/self", "{\"password\":\"new password\",\"original_password\":\"wrong\"}")
                .fails(200, "old password");
        api.put("/api/user/self", "{\"password\":\"new password\"}").fails(200, "old password");
        api.put("/api/user/self", "{\"password\":\"short\",\"original_password\":\"" + PASSWORD + "\"}")
                .fails(200, "8 characters");
        assertThat(messages.sent()).isEmpty();

        api.send(put("/api/user/self")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"password\":\"new password\",\"original_password\":\"" + PASSWORD + "\"}")
                        .cookie(new Cookie("session", "abc")))
                .succeeds();
        assertThat(messages.commands()).containsExactly(new ChangePassword(ANN, new Secret("hash of new password")));
        assertThat(ended).containsExactly("all of user-17 but abc");
    }

    @Test
    void whatIsNotKeptIsNotSaidToBe() {
        api.as(AS_ANN).put("/api/user/self", "{\"language\":\"en\"}").fails(200, "not kept");
        api.put("/api/user/self", "{\"sidebar_modules\":\"{}\"}").fails(200, "not kept");
    }

    @Test
    void oneDeletesOneself() {
        var answer = api.as(AS_ANN).delete("/api/user/self").succeeds();
        assertThat(messages.commands()).containsExactly(new DeleteUser(ANN));
        assertThat(ended).containsExactly("all of user-17");
        assertThat(answer.response().getHeader("Set-Cookie")).contains("Max-Age=0");
    }

    @Test
    void anAccessTokenIsShownOnceAndKeptAsAFingerprint() {
        String token = api.as(AS_ANN).get("/api/user/token").succeeds().data().asString();
        assertThat(token).hasSize(32);
        assertThat(messages.commands())
                .containsExactly(new IssueAccessToken(ANN, vault.fingerprint(Vault.ACCESS_TOKEN, token)));
        assertThat(api.get("/api/user/token").data().asString()).isNotEqualTo(token);
    }

    @Test
    void anAdminMakesUsers() {
        api.as(AS_ADMIN)
                .post("/api/user/", "{\"username\":\"carl\",\"password\":\"" + PASSWORD + "\",\"role\":1}")
                .succeeds();
        RegisterUser command = (RegisterUser) messages.commands().getLast();
        assertThat(command.displayName()).isEqualTo("carl");
        assertThat(command.group()).isEqualTo("default");
        assertThat(messages.sent().getLast().actor()).isEqualTo(AS_ADMIN);
        api.post("/api/user/", "{\"username\":\"carl\",\"password\":\"" + PASSWORD + "\",\"role\":7}")
                .fails(200, "no role 7");
    }

    @Test
    void anAdminChangesUsers() {
        api.as(AS_ADMIN)
                .put(
                        "/api/user/",
                        "{\"id\":17,\"username\":\"anna\",\"display_name\":\"\",\"group\":\"vip\",\"remark\":\"\",\"password\":\"new password\"}")
                .succeeds();
        assertThat(messages.commands())
                .containsExactly(
                        new ChangeUser(ANN, "anna", null, "vip", ""),
                        new ChangePassword(ANN, new Secret("hash of new password")));
        assertThat(ended).containsExactly("all of user-17");
        api.put("/api/user/", "{\"username\":\"anna\"}").fails(200, "number from 1");
        api.put("/api/user/", "{\"id\":17,\"remark\":\"" + "r".repeat(256) + "\"}")
                .fails(200, "255");
    }

    @Test
    void anAdminDeletesUsers() {
        api.as(AS_ADMIN).delete("/api/user/17").succeeds();
        assertThat(messages.commands()).containsExactly(new DeleteUser(ANN));
        api.delete("/api/user/0").fails(200, "number from 1");
        api.delete("/api/user/x").fails(400, "wrong form");
    }

    @Test
    void anAdminManagesUsers() {
        var answer =
                api.as(AS_ADMIN).post("/api/user/manage", manage("disable", "")).succeeds();
        answer.hasFields("""
                id username password original_password display_name role status email github_id
                discord_id oidc_id wechat_id telegram_id verification_code quota used_quota
                request_count group aff_code aff_count aff_quota aff_history_quota inviter_id
                invitation_code DeletedAt linux_do_id setting stripe_customer created_at last_login_at""".split("\\s+"));
        assertThat(ended).containsExactly("all of user-17");
        api.post("/api/user/manage", manage("enable", "")).succeeds();
        api.post("/api/user/manage", manage("promote", "")).succeeds();
        api.post("/api/user/manage", manage("demote", "")).succeeds();
        api.post("/api/user/manage", manage("delete", "")).succeeds();
        assertThat(messages.commands())
                .containsExactly(
                        new DisableUser(ANN),
                        new EnableUser(ANN),
                        new ChangeRole(ANN, Role.ADMIN),
                        new ChangeRole(ANN, Role.USER),
                        new DeleteUser(ANN));
        api.post("/api/user/manage", manage("explode", "")).fails(200, "The action must be");
        api.post("/api/user/manage", "{\"id\":17}").fails(200, "The action must be");
        api.post("/api/user/manage", "{\"action\":\"enable\"}").fails(200, "number from 1");
    }

    private static String manage(String action, String more) {
        return "{\"id\":17,\"action\":\"" + action + "\"" + more + "}";
    }

    @ParameterizedTest
    @CsvSource({
        "add, 5, ADD",
        "ADD, 5, ADD",
        "subtract, 5, SUBTRACT",
        "override, 0, OVERRIDE",
        "override, 500000000000000, OVERRIDE"
    })
    void anAdminAdjustsQuota(String mode, long value, AdjustQuota.Mode expected) {
        messages.handle((command, actor) -> new Adjusted(new LotId("a"), null));
        api.as(AS_ADMIN)
                .post("/api/user/manage", manage("add_quota", ",\"mode\":\"" + mode + "\",\"value\":" + value))
                .succeeds();
        AdjustQuota command = ((RequestAdjustment) messages.commands().getLast()).adjustment();
        assertThat(command.account()).isEqualTo(AccountId.of(ANN));
        assertThat(command.mode()).isEqualTo(expected);
        assertThat(command.value()).isEqualTo(Quota.of(value));
    }

    @ParameterizedTest
    @CsvSource({
        "add, 0",
        "add, -1",
        "subtract, 0",
        "subtract, -5",
        "override, -1",
        "add, 500000000000001",
        "add, 4611686018427387904",
        "subtract, -9223372036854775808",
        "multiply, 2",
        "add, null"
    })
    void refusesAdjustmentsOutOfBounds(String mode, String value) {
        api.as(AS_ADMIN)
                .post("/api/user/manage", manage("add_quota", ",\"mode\":\"" + mode + "\",\"value\":" + value))
                .fails(200, "");
        assertThat(messages.sent()).isEmpty();
    }

    @Test
    void usersAndGuestsManageNobody() {
        for (Actor actor : new Actor[] {AS_ANN, null}) {
            int status = actor == null ? 401 : 200;
            api.as(actor);
            api.post("/api/user/", "{\"username\":\"carl\",\"password\":\"" + PASSWORD + "\"}")
                    .fails(status, "");
            api.put("/api/user/", "{\"id\":17,\"group\":\"vip\"}").fails(status, "");
            api.delete("/api/user/17").fails(status, "");
            api.post("/api/user/manage", manage("enable", "")).fails(status, "");
            api.post("/api/user/manage", manage("add_quota", ",\"mode\":\"add\",\"value\":1"))
                    .fails(status, "");
        }
        api.put("/api/user/self", "{\"username\":\"x\"}").fails(401, "sign in");
        api.delete("/api/user/self").fails(401, "sign in");
        api.get("/api/user/token").fails(401, "sign in");
        assertThat(messages.sent()).isEmpty();
    }

    @Test
    void nullIsNoBody() {
        api.as(AS_ROOT);
        for (String path : List.of("/api/user/", "/api/user/manage", "/api/user/register", "/api/user/login"))
            api.send(post(path).contentType(MediaType.APPLICATION_JSON).content("null"))
                    .fails(400, "JSON");
    }
}
