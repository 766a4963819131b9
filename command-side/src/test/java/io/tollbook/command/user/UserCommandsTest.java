package io.tollbook.command.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.command.ReadableVault;
import io.tollbook.command.Writer;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountFrozen;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AccountOpened;
import io.tollbook.kernel.account.AccountUnfrozen;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.QuotaGranted;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.AccessTokenIssued;
import io.tollbook.kernel.user.ChangePassword;
import io.tollbook.kernel.user.ChangeRole;
import io.tollbook.kernel.user.ChangeUser;
import io.tollbook.kernel.user.DeleteUser;
import io.tollbook.kernel.user.DisableUser;
import io.tollbook.kernel.user.EnableUser;
import io.tollbook.kernel.user.IssueAccessToken;
import io.tollbook.kernel.user.PasswordChanged;
import io.tollbook.kernel.user.RecordSignIn;
import io.tollbook.kernel.user.RegisterUser;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.RoleChanged;
import io.tollbook.kernel.user.SignedIn;
import io.tollbook.kernel.user.UniqueClaimed;
import io.tollbook.kernel.user.UserChanged;
import io.tollbook.kernel.user.UserDeleted;
import io.tollbook.kernel.user.UserDisabled;
import io.tollbook.kernel.user.UserEnabled;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserRegistered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserCommandsTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final UserId ROOT = new UserId(1);
    private static final UserId ADMIN = new UserId(2);
    private static final UserId OTHER_ADMIN = new UserId(3);
    private static final UserId ANN = new UserId(17);
    private static final UserId BOB = new UserId(18);
    private static final Actor AS_ROOT = Actor.user(ROOT, Role.ROOT, "session", null);
    private static final Actor AS_ADMIN = Actor.user(ADMIN, Role.ADMIN, "session", null);
    private static final Actor AS_ANN = Actor.user(ANN, Role.USER, "session", null);
    private static final Actor AS_BOB = Actor.user(BOB, Role.USER, "session", null);

    private final ReadableVault vault = new ReadableVault();
    private final List<UserId> ended = new CopyOnWriteArrayList<>();
    private Writer writer;

    @BeforeEach
    void start() {
        writer = new Writer(vault);
        writer.handler(new UserCommands(
                writer.aggregate(User.class),
                writer.repository(Claim.class),
                writer.accounts(),
                vault,
                (user, startedBefore) -> ended.add(user)));
        writer.send(register(ROOT, "root", Role.ROOT, 0), Actor.SYSTEM);
        writer.send(register(ADMIN, "admin", Role.ADMIN, 0), Actor.SYSTEM);
        writer.send(register(OTHER_ADMIN, "admin2", Role.ADMIN, 0), Actor.SYSTEM);
        writer.send(register(ANN, "ann", Role.USER, 500), Actor.SYSTEM);
        writer.send(register(BOB, "bob", Role.USER, 0), Actor.SYSTEM);
    }

    @AfterEach
    void stop() {
        writer.close();
    }

    private static RegisterUser register(UserId user, String name, Role role, long grant) {
        return new RegisterUser(user, name, name, role, "default", new Secret("hash"), Quota.of(grant), NOW);
    }

    private static Sealed sealed(UserId user, String text) {
        return new Sealed(user.toString(), "sealed " + text);
    }

    /** Refused, and the store is as it was. */
    private void refused(Refusal refusal, Command<?> command, Actor actor) {
        long before = writer.count();
        assertThatThrownBy(() -> writer.send(command, actor))
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.refusal()).isEqualTo(refusal));
        assertThat(writer.count()).isEqualTo(before);
    }

    private void writes(int events, Command<?> command, Actor actor) {
        long before = writer.count();
        writer.send(command, actor);
        assertThat(writer.count() - before).isEqualTo(events);
    }

    @Nested
    class Registering {
        @Test
        void makesUserNameAccountAndGrantTogether() {
            assertThat(writer.stream("user-17"))
                    .containsExactly(new UserRegistered(
                            ANN,
                            sealed(ANN, "ann"),
                            sealed(ANN, "ann"),
                            Role.USER,
                            "default",
                            sealed(ANN, "hash"),
                            NOW));
            String claim = Claim.ofUsername(vault, "ann");
            assertThat(writer.stream(claim)).containsExactly(new UniqueClaimed(claim, ANN));
            AccountId account = AccountId.of(ANN);
            assertThat(writer.stream("account-17"))
                    .containsExactly(
                            new AccountOpened(account, ANN),
                            new QuotaGranted(
                                    account,
                                    new LotId("opening-17"),
                                    LotClass.PROMO,
                                    Quota.of(500),
                                    Quota.ZERO,
                                    0,
                                    null,
                                    "opening grant",
                                    Quota.of(500),
                                    NOW));
        }

        @Test
        void grantsNothingWhereTheGrantIsZero() {
            assertThat(writer.stream("account-18")).containsExactly(new AccountOpened(AccountId.of(BOB), BOB));
        }

        @Test
        void storesNoPasswordWhereThereIsNone() {
            UserId user = new UserId(19);
            writer.send(
                    new RegisterUser(user, "carl", "Carl", Role.USER, "default", null, Quota.ZERO, NOW), Actor.SYSTEM);

            assertThat(((UserRegistered) writer.stream("user-19").getFirst()).passwordHash())
                    .isNull();
        }

        @ParameterizedTest
        @CsvSource({"ann", "ANN", "' Ann '", "аnn", "ａnn"
        }) // the fourth begins with a Cyrillic letter, the fifth with a wide one
        void refusesANameThatLooksTaken(String name) {
            refused(Refusal.USERNAME_TAKEN, register(new UserId(19), name, Role.USER, 10), Actor.SYSTEM);
        }

        @Test
        void takesANameThatOnlyResemblesAnother() {
            writes(3, register(new UserId(19), "anna", Role.USER, 0), Actor.SYSTEM);
        }

        @Test
        void refusesANegativeOrAbsurdGrant() {
            refused(Refusal.INVALID, register(new UserId(19), "carl", Role.USER, -1), Actor.SYSTEM);
            refused(Refusal.INVALID, register(new UserId(19), "carl", Role.USER, Quota.MAX.units() + 1), Actor.SYSTEM);
        }

        @Test
        void onlyOneRootEver() {
            refused(Refusal.ALREADY_SET_UP, register(new UserId(19), "root2", Role.ROOT, 10), Actor.SYSTEM);
            refused(Refusal.ROOT_PROTECTED, register(new UserId(19), "root2", Role.ROOT, 10), AS_ROOT);
        }

        @Test
        void anAdminMakesUsersAndRootMakesAdmins() {
            writes(3, register(new UserId(19), "carl", Role.USER, 0), AS_ADMIN);
            refused(Refusal.NOT_PERMITTED, register(new UserId(20), "dora", Role.ADMIN, 0), AS_ADMIN);
            writes(3, register(new UserId(20), "dora", Role.ADMIN, 0), AS_ROOT);
            refused(Refusal.NOT_PERMITTED, register(new UserId(21), "emil", Role.USER, 0), AS_ANN);
            refused(Refusal.INVALID, register(new UserId(21), "emil", Role.GUEST, 0), AS_ROOT);
        }

        @Test
        void ofManyWhoWantOneNameAtOnceOneGetsIt() {
            List<CompletableFuture<UserId>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++)
                answers.add(writer.submit(register(new UserId(100 + i), "dora", Role.USER, 5), Actor.SYSTEM));

            int made = 0;
            for (CompletableFuture<UserId> answer : answers) {
                try {
                    answer.join();
                    made++;
                } catch (CompletionException e) {
                    assertThat(((Refused) e.getCause()).refusal()).isEqualTo(Refusal.USERNAME_TAKEN);
                }
            }
            assertThat(made).isEqualTo(1);
        }
    }

    @Nested
    class Changing {
        private ChangeUser change(
                UserId user,
                @Nullable String name,
                @Nullable String display,
                @Nullable String group,
                @Nullable String remark) {
            return new ChangeUser(user, name, display, group, remark);
        }

        @Test
        void aRenameClaimsTheNewNameAndKeepsTheOld() {
            writer.send(change(ANN, "anna", "Anna", null, null), AS_ANN);

            assertThat(writer.stream("user-17").getLast())
                    .isEqualTo(new UserChanged(ANN, sealed(ANN, "anna"), sealed(ANN, "Anna"), null, null));
            refused(Refusal.USERNAME_TAKEN, change(BOB, "anna", null, null, null), AS_BOB);
            refused(Refusal.USERNAME_TAKEN, change(BOB, "ann", null, null, null), AS_BOB);
        }

        @Test
        void theOwnNameMayBeWrittenDifferently() {
            writes(1, change(ANN, "Ann", null, null, null), AS_ANN);
            writes(2, change(ANN, "Anna", null, null, null), AS_ANN);
            writes(1, change(ANN, "ann", null, null, null), AS_ANN);
        }

        @Test
        void nothingToChangeWritesNothing() {
            writes(0, change(ANN, null, null, null, null), AS_ANN);
        }

        @Test
        void groupAndRemarkAreForThoseWhoManage() {
            refused(Refusal.NOT_PERMITTED, change(ANN, null, null, "vip", null), AS_ANN);
            refused(Refusal.NOT_PERMITTED, change(ANN, null, null, null, "nice"), AS_ANN);
            writes(1, change(ANN, null, null, "vip", "nice"), AS_ADMIN);
            refused(Refusal.NOT_PERMITTED, change(ADMIN, null, null, "vip", null), AS_ADMIN);
            writes(1, change(ADMIN, null, null, "vip", null), AS_ROOT);
            writes(1, change(ROOT, null, null, "vip", null), AS_ROOT);
        }

        @Test
        void aGroupHasAName() {
            for (String bad : List.of(" ", "g".repeat(65), "a\nb"))
                refused(Refusal.INVALID, change(ANN, null, null, bad, null), AS_ADMIN);
            writes(1, change(ANN, null, null, "g".repeat(64), null), AS_ADMIN);
        }

        @Test
        void nobodyChangesPeersOrThoseAbove() {
            refused(Refusal.NOT_PERMITTED, change(BOB, "eve", "Eve", null, null), AS_ANN);
            refused(Refusal.NOT_PERMITTED, change(OTHER_ADMIN, "eve", "Eve", null, null), AS_ADMIN);
            refused(Refusal.NOT_PERMITTED, change(ROOT, "eve", "Eve", null, null), AS_ADMIN);
            writes(1, change(ADMIN, null, "Me", null, null), AS_ADMIN);
        }

        @Test
        void refusesADeletedUser() {
            writer.send(new DeleteUser(ANN), AS_ADMIN);

            refused(Refusal.NOT_FOUND, change(ANN, "anna", null, null, null), AS_ADMIN);
        }

        @Test
        void refusesAnUnknownUser() {
            refused(Refusal.NOT_FOUND, change(new UserId(99), "x", null, null, null), AS_ROOT);
        }
    }

    @Nested
    class Passwords {
        private final Secret hash = new Secret("new hash");

        @Test
        void areChangedByTheirOwnerAndByThoseWhoManage() {
            writer.send(new ChangePassword(ANN, hash), AS_ANN);
            assertThat(writer.stream("user-17").getLast()).isEqualTo(new PasswordChanged(ANN, sealed(ANN, "new hash")));
            writes(1, new ChangePassword(ANN, hash), AS_ADMIN);
            writes(1, new ChangePassword(ROOT, hash), AS_ROOT);
            writes(1, new ChangePassword(ANN, hash), Actor.SYSTEM);
        }

        @Test
        void areNotChangedByPeersOrThoseBelow() {
            refused(Refusal.NOT_PERMITTED, new ChangePassword(BOB, hash), AS_ANN);
            refused(Refusal.NOT_PERMITTED, new ChangePassword(OTHER_ADMIN, hash), AS_ADMIN);
            refused(Refusal.NOT_PERMITTED, new ChangePassword(ROOT, hash), AS_ADMIN);
        }

        @Test
        void ofDeletedUsersAreNotChanged() {
            writer.send(new DeleteUser(ANN), AS_ADMIN);
            refused(Refusal.NOT_FOUND, new ChangePassword(ANN, hash), AS_ADMIN);
        }
    }

    @Nested
    class Roles {
        @Test
        void rootPromotesAndDemotes() {
            writer.send(new ChangeRole(ANN, Role.ADMIN), AS_ROOT);
            writer.send(new ChangeRole(ANN, Role.USER), AS_ROOT);

            assertThat(writer.stream("user-17"))
                    .endsWith(new RoleChanged(ANN, Role.USER, Role.ADMIN), new RoleChanged(ANN, Role.ADMIN, Role.USER));
        }

        @Test
        void anAdminDoesNeither() {
            refused(Refusal.NOT_PERMITTED, new ChangeRole(ANN, Role.ADMIN), AS_ADMIN);
            refused(Refusal.NOT_PERMITTED, new ChangeRole(OTHER_ADMIN, Role.USER), AS_ADMIN);
            refused(Refusal.NOT_PERMITTED, new ChangeRole(ADMIN, Role.USER), AS_ADMIN);
        }

        @Test
        void nobodyMakesOrUnmakesRoot() {
            refused(Refusal.ROOT_PROTECTED, new ChangeRole(ANN, Role.ROOT), AS_ROOT);
            refused(Refusal.ROOT_PROTECTED, new ChangeRole(ROOT, Role.ADMIN), AS_ROOT);
            refused(Refusal.ROOT_PROTECTED, new ChangeRole(ROOT, Role.USER), AS_ADMIN);
        }

        @Test
        void theRoleThatIsAlreadySoIsRefused() {
            refused(Refusal.INVALID, new ChangeRole(ANN, Role.USER), AS_ROOT);
            refused(Refusal.INVALID, new ChangeRole(ANN, Role.USER), AS_ADMIN);
            refused(Refusal.INVALID, new ChangeRole(ANN, Role.GUEST), AS_ROOT);
        }

        @Test
        void aDemotedAdminManagesNobodyBecauseTheirMetadataSaysSo() {
            refused(Refusal.NOT_PERMITTED, new DisableUser(BOB), Actor.user(ADMIN, Role.USER, "session", null));
        }

        @Test
        void aDeletedUserHasNone() {
            writer.send(new DeleteUser(ANN), AS_ADMIN);
            refused(Refusal.NOT_FOUND, new ChangeRole(ANN, Role.ADMIN), AS_ROOT);
        }
    }

    @Nested
    class Stopping {
        @Test
        void disablingFreezesTheAccountAndEnablingUnfreezesIt() {
            writer.send(new DisableUser(BOB), AS_ADMIN);
            assertThat(writer.stream("user-18").getLast()).isEqualTo(new UserDisabled(BOB));
            assertThat(writer.stream("account-18").getLast()).isEqualTo(new AccountFrozen(AccountId.of(BOB)));

            writer.send(new EnableUser(BOB), AS_ADMIN);
            assertThat(writer.stream("user-18").getLast()).isEqualTo(new UserEnabled(BOB));
            assertThat(writer.stream("account-18").getLast()).isEqualTo(new AccountUnfrozen(AccountId.of(BOB)));
        }

        @Test
        void twiceIsOnce() {
            writes(0, new EnableUser(BOB), AS_ADMIN);
            writes(2, new DisableUser(BOB), AS_ADMIN);
            writes(0, new DisableUser(BOB), AS_ADMIN);
        }

        @Test
        void rootIsNeverStopped() {
            refused(Refusal.ROOT_PROTECTED, new DisableUser(ROOT), AS_ROOT);
            refused(Refusal.ROOT_PROTECTED, new DisableUser(ROOT), AS_ADMIN);
            refused(Refusal.ROOT_PROTECTED, new DeleteUser(ROOT), AS_ROOT);
            refused(Refusal.ROOT_PROTECTED, new DeleteUser(ROOT), AS_ADMIN);
        }

        @Test
        void onlyAHigherRoleStopsSomebody() {
            refused(Refusal.NOT_PERMITTED, new DisableUser(OTHER_ADMIN), AS_ADMIN);
            refused(Refusal.NOT_PERMITTED, new DisableUser(ADMIN), AS_ADMIN);
            refused(Refusal.NOT_PERMITTED, new DisableUser(BOB), AS_ANN);
            refused(Refusal.NOT_PERMITTED, new EnableUser(OTHER_ADMIN), AS_ADMIN);
            refused(Refusal.NOT_PERMITTED, new DeleteUser(OTHER_ADMIN), AS_ADMIN);
            refused(Refusal.NOT_PERMITTED, new DeleteUser(BOB), AS_ANN);
            writes(2, new DisableUser(OTHER_ADMIN), AS_ROOT);
        }

        @Test
        void aUserMayDeleteThemselvesAndTheirNameStaysTheirs() {
            writer.send(new DeleteUser(ANN), AS_ANN);

            assertThat(writer.stream("user-17").getLast()).isEqualTo(new UserDeleted(ANN));
            assertThat(writer.stream("account-17").getLast()).isEqualTo(new AccountFrozen(AccountId.of(ANN)));
            refused(Refusal.USERNAME_TAKEN, register(new UserId(19), "ann", Role.USER, 0), Actor.SYSTEM);
        }

        @Test
        void whoIsGoneIsGone() {
            writer.send(new DisableUser(ANN), AS_ADMIN);
            writes(1, new DeleteUser(ANN), AS_ADMIN); // The account was frozen before.
            refused(Refusal.NOT_FOUND, new DeleteUser(ANN), AS_ADMIN);
            refused(Refusal.NOT_FOUND, new EnableUser(ANN), AS_ADMIN);
            refused(Refusal.NOT_FOUND, new DisableUser(ANN), AS_ADMIN);
            refused(Refusal.NOT_FOUND, new DisableUser(new UserId(99)), AS_ROOT);
        }
    }

    @Nested
    class EndingSessions {
        private final Secret hash = new Secret("new hash");

        @Test
        void followsWhateverStopsAUser() {
            writer.send(new DisableUser(ANN), AS_ADMIN);
            writer.send(new EnableUser(ANN), AS_ADMIN);
            writer.send(new ChangeRole(ANN, Role.ADMIN), AS_ROOT);
            writer.send(new ChangePassword(ANN, hash), AS_ROOT);
            writer.send(new DeleteUser(ANN), AS_ROOT);

            assertThat(ended).containsExactly(ANN, ANN, ANN, ANN, ANN);
        }

        @Test
        void isLeftToWhoeverChangesTheirOwnPassword() {
            writer.send(new ChangePassword(ANN, hash), AS_ANN);

            assertThat(ended).isEmpty();
        }

        @Test
        void doesNotFollowARefusal() {
            refused(Refusal.NOT_PERMITTED, new DisableUser(OTHER_ADMIN), AS_ADMIN);
            refused(Refusal.NOT_PERMITTED, new ChangePassword(OTHER_ADMIN, hash), AS_ADMIN);

            assertThat(ended).isEmpty();
        }
    }

    @Nested
    class SigningIn {
        private static final String FINGERPRINT = "f".repeat(64);

        @Test
        void isRecordedForEnabledUsersOnly() {
            writer.send(new RecordSignIn(ANN, "password", NOW), Actor.SYSTEM);
            assertThat(writer.stream("user-17").getLast()).isEqualTo(new SignedIn(ANN, "password", NOW));

            writer.send(new DisableUser(ANN), AS_ADMIN);
            refused(Refusal.USER_DISABLED, new RecordSignIn(ANN, "password", NOW), Actor.SYSTEM);
            writer.send(new DeleteUser(ANN), AS_ADMIN);
            refused(Refusal.NOT_FOUND, new RecordSignIn(ANN, "password", NOW), Actor.SYSTEM);
        }

        @Test
        void accessTokensAreIssuedToTheirOwnerAlone() {
            writer.send(new IssueAccessToken(ANN, FINGERPRINT), AS_ANN);
            assertThat(writer.stream("user-17").getLast()).isEqualTo(new AccessTokenIssued(ANN, FINGERPRINT));

            refused(Refusal.NOT_PERMITTED, new IssueAccessToken(ANN, FINGERPRINT), AS_ROOT);
            refused(Refusal.NOT_PERMITTED, new IssueAccessToken(BOB, FINGERPRINT), AS_ANN);
            writer.send(new DisableUser(ANN), AS_ADMIN);
            refused(Refusal.USER_DISABLED, new IssueAccessToken(ANN, FINGERPRINT), AS_ANN);
            writer.send(new DeleteUser(ANN), AS_ADMIN);
            refused(Refusal.NOT_FOUND, new IssueAccessToken(ANN, FINGERPRINT), AS_ANN);
        }
    }
}
