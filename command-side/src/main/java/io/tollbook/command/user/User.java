package io.tollbook.command.user;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.user.AccessTokenIssued;
import io.tollbook.kernel.user.PasswordChanged;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.RoleChanged;
import io.tollbook.kernel.user.SignedIn;
import io.tollbook.kernel.user.UserChanged;
import io.tollbook.kernel.user.UserDeleted;
import io.tollbook.kernel.user.UserDisabled;
import io.tollbook.kernel.user.UserEnabled;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserRegistered;
import io.tollbook.kernel.user.UserStatus;
import java.time.Instant;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** One person: their role, whether they may act, and who may change them. */
@Aggregate(lockFactory = "noLocks")
public class User {
    @AggregateIdentifier
    private UserId id;

    private Role role;
    private UserStatus status = UserStatus.ENABLED;

    @SuppressWarnings("NullAway")
    protected User() {}

    @SuppressWarnings("NullAway")
    User(UserRegistered registered) {
        AggregateLifecycle.apply(registered);
    }

    /** Root may change anyone but what makes root root; others need a strictly higher role, or be the user. */
    void checkMayBeChangedBy(Sender sender) {
        checkExists();
        if (sender.isSystem() || sender.is(id) || sender.role() == Role.ROOT) return;
        if (sender.role().compareTo(role) <= 0) throw new Refused(Refusal.NOT_PERMITTED);
    }

    /** Like {@link #checkMayBeChangedBy}, for what nobody may do to root. */
    void checkMayBeStoppedBy(Sender sender) {
        checkExists();
        if (role == Role.ROOT) throw new Refused(Refusal.ROOT_PROTECTED);
        checkMayBeChangedBy(sender);
    }

    private void checkExists() {
        if (status == UserStatus.DELETED) throw new Refused(Refusal.NOT_FOUND);
    }

    void change(
            @Nullable Sealed username, @Nullable Sealed displayName, @Nullable String group, @Nullable Sealed remark) {
        AggregateLifecycle.apply(new UserChanged(id, username, displayName, group, remark));
    }

    void changePassword(Sealed hash) {
        AggregateLifecycle.apply(new PasswordChanged(id, hash));
    }

    void changeRole(Role wanted) {
        if (wanted == Role.ROOT || wanted == Role.GUEST)
            throw Refused.invalid("A user can be made user or admin, nothing else.");
        if (wanted != role) AggregateLifecycle.apply(new RoleChanged(id, role, wanted));
    }

    /** @return whether anything changed */
    boolean enable() {
        if (status == UserStatus.ENABLED) return false;
        AggregateLifecycle.apply(new UserEnabled(id));
        return true;
    }

    /** @return whether anything changed */
    boolean disable() {
        if (status == UserStatus.DISABLED) return false;
        AggregateLifecycle.apply(new UserDisabled(id));
        return true;
    }

    void delete() {
        AggregateLifecycle.apply(new UserDeleted(id));
    }

    void issueAccessToken(String fingerprint) {
        checkExists();
        AggregateLifecycle.apply(new AccessTokenIssued(id, fingerprint));
    }

    void signedIn(String method, Instant at) {
        if (status != UserStatus.ENABLED) throw new Refused(Refusal.USER_DISABLED);
        AggregateLifecycle.apply(new SignedIn(id, method, at));
    }

    @EventSourcingHandler
    void on(UserRegistered event) {
        id = event.user();
        role = event.role();
    }

    @EventSourcingHandler
    void on(RoleChanged event) {
        role = event.after();
    }

    @EventSourcingHandler
    void on(UserEnabled event) {
        status = UserStatus.ENABLED;
    }

    @EventSourcingHandler
    void on(UserDisabled event) {
        status = UserStatus.DISABLED;
    }

    @EventSourcingHandler
    void on(UserDeleted event) {
        status = UserStatus.DELETED;
    }
}
