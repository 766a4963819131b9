package io.tollbook.command.user;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.tollbook.command.access.Sender;
import io.tollbook.kernel.EventName;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.user.AccessTokenIssued;
import io.tollbook.kernel.user.ChangePassword;
import io.tollbook.kernel.user.ChangeRole;
import io.tollbook.kernel.user.ChangeUser;
import io.tollbook.kernel.user.IssueAccessToken;
import io.tollbook.kernel.user.PasswordChanged;
import io.tollbook.kernel.user.RecordSignIn;
import io.tollbook.kernel.user.RegisterUser;
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
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * One user: their role and whether they may act. Who may change whom is decided here, from the sender in the command's
 * metadata and the role that this user has now.
 *
 * <p>Every sign-in is an event, so a busy user's stream is long; that is why this has snapshots.
 */
@Aggregate(cache = "accountCache", lockFactory = "noLocks", snapshotTriggerDefinition = "accountSnapshots")
@EventName("user.state")
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
class User {
    private static final int FINGERPRINT_LENGTH = 64;
    private static final int GROUP_MAX = 64;

    @AggregateIdentifier
    private UserId id;

    private Role role = Role.GUEST;
    private UserStatus status = UserStatus.ENABLED;

    /** For the repository, which then applies the events. */
    @SuppressWarnings("NullAway")
    protected User() {}

    @SuppressWarnings("NullAway")
    User(RegisterUser command, Vault vault) {
        String subject = command.user().toString();
        apply(new UserRegistered(
                command.user(),
                vault.seal(subject, command.username()),
                vault.seal(subject, command.displayName()),
                command.role(),
                command.group(),
                command.passwordHash() == null
                        ? null
                        : vault.seal(subject, command.passwordHash().reveal()),
                command.at()));
    }

    /** Refuses what the sender may not do; the change itself follows in {@link #change}. */
    void checkChange(ChangeUser command, Sender sender) {
        checkAlive();
        checkSelfOrManager(sender);
        boolean managers = command.group() != null || command.remark() != null;
        if (managers && !sender.manages(role)) throw new Refused(Refusal.NOT_PERMITTED);
        if (command.group() != null) checkGroup(command.group());
    }

    static void checkGroup(String group) {
        if (group.isBlank() || group.length() > GROUP_MAX || group.codePoints().anyMatch(Character::isISOControl))
            throw Refused.invalid("A group's name has 1 to " + GROUP_MAX + " visible characters.");
    }

    void change(ChangeUser command, Vault vault) {
        Sealed username = sealed(vault, command.username());
        Sealed displayName = sealed(vault, command.displayName());
        Sealed remark = sealed(vault, command.remark());
        if (username == null && displayName == null && remark == null && command.group() == null) return;
        apply(new UserChanged(id, username, displayName, command.group(), remark));
    }

    private @Nullable Sealed sealed(Vault vault, @Nullable String clear) {
        return clear == null ? null : vault.seal(id.toString(), clear);
    }

    void changePassword(ChangePassword command, Vault vault, Sender sender) {
        checkAlive();
        checkSelfOrManager(sender);
        apply(new PasswordChanged(
                id, vault.seal(id.toString(), command.passwordHash().reveal())));
    }

    void changeRole(ChangeRole command, Sender sender) {
        checkAlive();
        if (role == Role.ROOT || command.role() == Role.ROOT) throw new Refused(Refusal.ROOT_PROTECTED);
        if (command.role() == Role.GUEST) throw Refused.invalid("A user is user, auditor or admin.");
        if (!sender.manages(role) || !sender.manages(command.role())) throw new Refused(Refusal.NOT_PERMITTED);
        if (command.role() == role) throw Refused.invalid("The user already has this role.");
        apply(new RoleChanged(id, role, command.role()));
    }

    void enable(Sender sender) {
        checkAlive();
        checkManager(sender);
        if (status == UserStatus.DISABLED) apply(new UserEnabled(id));
    }

    void disable(Sender sender) {
        checkAlive();
        if (role == Role.ROOT) throw new Refused(Refusal.ROOT_PROTECTED);
        checkManager(sender);
        if (status == UserStatus.ENABLED) apply(new UserDisabled(id));
    }

    void delete(Sender sender) {
        checkAlive();
        if (role == Role.ROOT) throw new Refused(Refusal.ROOT_PROTECTED);
        checkSelfOrManager(sender);
        apply(new UserDeleted(id));
    }

    void checkHasQuota() {
        if (status == UserStatus.DELETED)
            throw new Refused(Refusal.NOT_FOUND, "This user is deleted, so their quota is not changed any more.");
    }

    /** Whoever changes quota stands above whose it is; root stands above all. */
    void checkOutrankedBy(Sender sender) {
        if (sender.role() != Role.ROOT && sender.role().compareTo(role) <= 0)
            throw new Refused(Refusal.NOT_PERMITTED, "Only somebody of a higher role may change this user's quota.");
    }

    boolean isRoot() {
        return role == Role.ROOT;
    }

    @CommandHandler
    void handle(IssueAccessToken command, MetaData metadata) {
        checkAlive();
        if (!Sender.of(metadata).is(id)) throw new Refused(Refusal.NOT_PERMITTED);
        if (status != UserStatus.ENABLED) throw new Refused(Refusal.USER_DISABLED);
        if (command.fingerprint().length() != FINGERPRINT_LENGTH)
            throw new IllegalArgumentException("not a fingerprint");
        apply(new AccessTokenIssued(id, command.fingerprint()));
    }

    @CommandHandler
    void handle(RecordSignIn command) {
        checkAlive();
        if (status != UserStatus.ENABLED) throw new Refused(Refusal.USER_DISABLED);
        apply(new SignedIn(id, command.method(), command.at()));
    }

    private void checkAlive() {
        if (status == UserStatus.DELETED) throw new Refused(Refusal.NOT_FOUND);
    }

    private void checkManager(Sender sender) {
        if (!sender.manages(role)) throw new Refused(Refusal.NOT_PERMITTED);
    }

    private void checkSelfOrManager(Sender sender) {
        if (!sender.is(id)) checkManager(sender);
    }

    @EventSourcingHandler
    void on(UserRegistered event) {
        id = event.user();
        role = event.role();
    }

    @EventSourcingHandler
    void on(RoleChanged event) {
        if (role != event.before()) throw new IllegalStateException(id + " is " + role + ", not " + event.before());
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
