package io.tollbook.command.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.account.AccountFrozen;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AccountUnfrozen;
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
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.RoleChanged;
import io.tollbook.kernel.user.SignedIn;
import io.tollbook.kernel.user.UserChanged;
import io.tollbook.kernel.user.UserDeleted;
import io.tollbook.kernel.user.UserDisabled;
import io.tollbook.kernel.user.UserEnabled;
import io.tollbook.kernel.user.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UserCommandsTest extends People {
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
        void rootAloneAppointsAuditorsAndManagesThem() {
            refused(Refusal.NOT_PERMITTED, new ChangeRole(ANN, Role.AUDITOR), AS_ADMIN);
            writes(1, new ChangeRole(ANN, Role.AUDITOR), AS_ROOT);
            refused(Refusal.NOT_PERMITTED, new ChangeRole(ANN, Role.USER), AS_ADMIN);
            refused(Refusal.NOT_PERMITTED, new DisableUser(ANN), AS_ADMIN);
            refused(Refusal.NOT_PERMITTED, new ChangeUser(ANN, null, null, "vip", null), AS_ADMIN);
            writes(1, new ChangeRole(ANN, Role.USER), AS_ROOT);
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
