package io.tollbook.query.user;

import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.user.AccessTokenIssued;
import io.tollbook.kernel.user.AccessTokenOwner;
import io.tollbook.kernel.user.CredentialsOf;
import io.tollbook.kernel.user.PasswordChanged;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.RoleChanged;
import io.tollbook.kernel.user.SignedIn;
import io.tollbook.kernel.user.UserById;
import io.tollbook.kernel.user.UserChanged;
import io.tollbook.kernel.user.UserDeleted;
import io.tollbook.kernel.user.UserDisabled;
import io.tollbook.kernel.user.UserEnabled;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserProfile;
import io.tollbook.kernel.user.UserStatus;
import io.tollbook.kernel.user.Users;
import io.tollbook.query.OpenVault;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UserProjectionTest {
    private final long id = TestSystem.number();
    private final UserId user = new UserId(id);

    private UserProfile profile() {
        return ask(new UserById(user)).orElseThrow();
    }

    private static List<UserId> found(
            @Nullable String keyword, @Nullable String group, @Nullable Role role, @Nullable UserStatus status) {
        Page<UserProfile> page = ask(new Users(keyword, group, role, status, Paging.first(1_000)));
        return page.items().stream().map(UserProfile::id).toList();
    }

    @Test
    void aUserIsWhatTheirEventsSay() {
        publish(World.user(id, "Ann" + id, Role.USER, "default"));
        assertThat(profile())
                .isEqualTo(new UserProfile(
                        user,
                        "Ann" + id,
                        "Ann" + id + " Display",
                        Role.USER,
                        UserStatus.ENABLED,
                        "default",
                        "",
                        World.BORN,
                        null));
        Instant seen = Instant.parse("2026-06-01T00:00:00Z");
        publish(
                new UserChanged(user, null, OpenVault.sealed("user-" + id, "Bea"), "vip", null),
                new UserChanged(user, null, null, null, OpenVault.sealed("user-" + id, "pays late")),
                new RoleChanged(user, Role.USER, Role.ADMIN),
                new UserDisabled(user),
                new SignedIn(user, "password", seen));
        assertThat(profile())
                .isEqualTo(new UserProfile(
                        user,
                        "Ann" + id,
                        "Bea",
                        Role.ADMIN,
                        UserStatus.DISABLED,
                        "vip",
                        "pays late",
                        World.BORN,
                        seen));
        publish(new UserEnabled(user));
        assertThat(profile().status()).isEqualTo(UserStatus.ENABLED);
        publish(new UserDeleted(user));
        assertThat(profile().status()).isEqualTo(UserStatus.DELETED);
    }

    @Test
    void credentialsAreFoundWhateverTheCase() {
        publish(World.user(id, "Carl" + id, Role.USER, "default"));
        assertThat(ask(new CredentialsOf(" cARL" + id))).hasValueSatisfying(found -> {
            assertThat(found.user().id()).isEqualTo(user);
            assertThat(found.passwordHash()).isEqualTo(OpenVault.sealed("user-" + id, "hash-of-Carl" + id));
        });
        publish(new PasswordChanged(user, OpenVault.sealed("user-" + id, "another")));
        assertThat(ask(new CredentialsOf("carl" + id)).orElseThrow().passwordHash())
                .isEqualTo(OpenVault.sealed("user-" + id, "another"));
        assertThat(ask(new CredentialsOf("nobody" + id))).isEmpty();
    }

    @Test
    void anOldAccessTokenBelongsToNobody() {
        publish(World.user(id, "Dora" + id, Role.USER, "default"), new AccessTokenIssued(user, "first-" + id));
        assertThat(ask(new AccessTokenOwner("first-" + id))).contains(user);
        publish(new AccessTokenIssued(user, "second-" + id));
        assertThat(ask(new AccessTokenOwner("first-" + id))).isEmpty();
        assertThat(ask(new AccessTokenOwner("second-" + id))).contains(user);
    }

    @Test
    void usersAreFoundByEachFilter() {
        publish(World.user(id, "Eve_" + id, Role.ADMIN, "team" + id));
        assertThat(found("eve_" + id, null, null, null)).containsExactly(user);
        assertThat(found("display", "team" + id, null, null)).containsExactly(user);
        assertThat(found(Long.toString(id), null, null, null)).contains(user);
        assertThat(found("eveX" + id, null, null, null)).isEmpty();
        assertThat(found("eve%" + id, null, null, null)).isEmpty();
        assertThat(found(null, "team" + id, Role.USER, null)).isEmpty();
        assertThat(found(null, "team" + id, Role.ADMIN, UserStatus.ENABLED)).containsExactly(user);
        assertThat(found(null, "team" + id, null, UserStatus.DELETED)).isEmpty();
    }

    @Test
    void anErasedUserShowsByNumberOnceTheDirectoryIsBuiltAgain() {
        publish(World.user(id, "Fay" + id, Role.USER, "default"));
        TestSystem.bean(OpenVault.class).destroy("user-" + id);
        TestSystem.rebuild("directory");
        assertThat(profile().username()).isEqualTo("erased-" + id);
        assertThat(profile().displayName()).isEqualTo("erased-" + id);
    }
}
