package io.tollbook.query.user;

import static io.tollbook.query.schema.Tables.USER_PROFILE;

import io.tollbook.kernel.DirectoryChange.Kind;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.user.AccessTokenIssued;
import io.tollbook.kernel.user.PasswordChanged;
import io.tollbook.kernel.user.RoleChanged;
import io.tollbook.kernel.user.SignedIn;
import io.tollbook.kernel.user.UserChanged;
import io.tollbook.kernel.user.UserDeleted;
import io.tollbook.kernel.user.UserDisabled;
import io.tollbook.kernel.user.UserEnabled;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserRegistered;
import io.tollbook.kernel.user.UserStatus;
import io.tollbook.kernel.user.Usernames;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.DirectoryWrites;
import io.tollbook.query.readmodel.Json;
import io.tollbook.query.readmodel.ReadModelNames;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps {@code user_profile}. A person whose key is destroyed shows by number only. */
@Component
@ProcessingGroup(ReadModelNames.DIRECTORY)
class UserProjection {
    private final Vault vault;

    UserProjection(Vault vault) {
        this.vault = vault;
    }

    @EventHandler
    void on(UserRegistered event, Batch batch) {
        String username = name(event.username(), event.user());
        write(
                batch,
                event.user(),
                DSL.insertInto(USER_PROFILE)
                        .set(USER_PROFILE.ID, event.user())
                        .set(USER_PROFILE.USERNAME, username)
                        .set(USER_PROFILE.CANONICAL, Usernames.canonical(username))
                        .set(USER_PROFILE.DISPLAY_NAME, name(event.displayName(), event.user()))
                        .set(USER_PROFILE.ROLE, (short) event.role().number())
                        .set(USER_PROFILE.STATUS, (short) UserStatus.ENABLED.number())
                        .set(USER_PROFILE.USER_GROUP, event.group())
                        .set(USER_PROFILE.REMARK, "")
                        .set(USER_PROFILE.PASSWORD_HASH, json(event.passwordHash()))
                        .set(USER_PROFILE.CREATED_AT, event.at())
                        .onConflictDoNothing());
    }

    @EventHandler
    void on(UserChanged event, Batch batch) {
        Map<Field<?>, Object> changes = new HashMap<>();
        if (event.username() != null) {
            String username = name(event.username(), event.user());
            changes.put(USER_PROFILE.USERNAME, username);
            changes.put(USER_PROFILE.CANONICAL, Usernames.canonical(username));
        }
        if (event.displayName() != null)
            changes.put(USER_PROFILE.DISPLAY_NAME, name(event.displayName(), event.user()));
        if (event.group() != null) changes.put(USER_PROFILE.USER_GROUP, event.group());
        if (event.remark() != null)
            changes.put(USER_PROFILE.REMARK, vault.open(event.remark()).orElse(""));
        if (!changes.isEmpty()) update(batch, event.user(), changes);
    }

    @EventHandler
    void on(PasswordChanged event, Batch batch) {
        update(batch, event.user(), Map.of(USER_PROFILE.PASSWORD_HASH, Json.write(event.passwordHash())));
    }

    @EventHandler
    void on(RoleChanged event, Batch batch) {
        update(batch, event.user(), Map.of(USER_PROFILE.ROLE, (short)
                event.after().number()));
    }

    @EventHandler
    void on(UserEnabled event, Batch batch) {
        status(batch, event.user(), UserStatus.ENABLED);
    }

    @EventHandler
    void on(UserDisabled event, Batch batch) {
        status(batch, event.user(), UserStatus.DISABLED);
    }

    @EventHandler
    void on(UserDeleted event, Batch batch) {
        status(batch, event.user(), UserStatus.DELETED);
    }

    @EventHandler
    void on(AccessTokenIssued event, Batch batch) {
        update(batch, event.user(), Map.of(USER_PROFILE.ACCESS_FINGERPRINT, event.fingerprint()));
    }

    @EventHandler
    void on(SignedIn event, Batch batch) {
        DirectoryWrites.of(batch)
                .quietly(DSL.update(USER_PROFILE)
                        .set(USER_PROFILE.LAST_SIGN_IN_AT, event.at())
                        .where(USER_PROFILE.ID.eq(event.user())));
    }

    private void status(Batch batch, UserId user, UserStatus status) {
        update(batch, user, Map.of(USER_PROFILE.STATUS, (short) status.number()));
    }

    private static void update(Batch batch, UserId user, Map<Field<?>, Object> changes) {
        write(batch, user, DSL.update(USER_PROFILE).set(changes).where(USER_PROFILE.ID.eq(user)));
    }

    private static void write(Batch batch, UserId user, Query query) {
        DirectoryWrites.of(batch).write(query, Kind.USER, user.value());
    }

    private String name(Sealed sealed, UserId user) {
        return vault.open(sealed).orElse("erased-" + user.value());
    }

    private static @Nullable String json(@Nullable Sealed sealed) {
        return sealed == null ? null : Json.write(sealed);
    }
}
