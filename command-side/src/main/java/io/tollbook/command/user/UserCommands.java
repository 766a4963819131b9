package io.tollbook.command.user;

import io.tollbook.command.account.Account;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.FreezeAccount;
import io.tollbook.kernel.account.GrantQuota;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.OpenAccount;
import io.tollbook.kernel.account.UnfreezeAccount;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.user.ChangePassword;
import io.tollbook.kernel.user.ChangeRole;
import io.tollbook.kernel.user.ChangeUser;
import io.tollbook.kernel.user.DeleteUser;
import io.tollbook.kernel.user.DisableUser;
import io.tollbook.kernel.user.EnableUser;
import io.tollbook.kernel.user.IssueAccessToken;
import io.tollbook.kernel.user.RecordSignIn;
import io.tollbook.kernel.user.RegisterUser;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserRegistered;
import io.tollbook.kernel.user.Usernames;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides what people's commands do to users, their names and their accounts, all or nothing. */
@Component
public class UserCommands {
    private final Repository<User> users;
    private final Repository<Username> usernames;
    private final Repository<Account> accounts;
    private final Vault vault;

    public UserCommands(
            Repository<User> users, Repository<Username> usernames, Repository<Account> accounts, Vault vault) {
        this.users = users;
        this.usernames = usernames;
        this.accounts = accounts;
        this.vault = vault;
    }

    @CommandHandler
    public UserId handle(RegisterUser command, MetaData metadata) throws Exception {
        Sender sender = Sender.of(metadata);
        if (!sender.isSystem() && command.role().compareTo(sender.role()) >= 0)
            throw new Refused(Refusal.NOT_PERMITTED, "You can only make users of a lower role than your own.");
        String subject = command.user().toString();
        UserRegistered registered = new UserRegistered(
                command.user(),
                vault.seal(subject, command.username()),
                vault.seal(subject, command.displayName()),
                command.role(),
                command.group(),
                command.passwordHash() == null
                        ? null
                        : vault.seal(subject, command.passwordHash().reveal()),
                command.at());
        claim(command.username(), command.user());
        users.newInstance(() -> new User(registered));
        AccountId account = AccountId.of(command.user());
        Aggregate<Account> opened = accounts.newInstance(() -> new Account(new OpenAccount(account, command.user())));
        if (command.openingGrant().isPositive())
            opened.execute(a -> a.handle(new GrantQuota(
                    account,
                    new LotId("opening"),
                    LotClass.PROMO,
                    command.openingGrant(),
                    0,
                    null,
                    "opening grant",
                    command.at())));
        return command.user();
    }

    /** The first to change anything: it refuses before it applies. */
    private void claim(String name, UserId user) throws Exception {
        String fingerprint = vault.fingerprint("username", Usernames.canonical(name));
        try {
            usernames.load(Username.stream(fingerprint)).execute(taken -> taken.checkOwner(user));
        } catch (AggregateNotFoundException e) {
            usernames.newInstance(() -> new Username(fingerprint, user));
        }
    }

    @CommandHandler
    public void handle(ChangeUser command, MetaData metadata) throws Exception {
        Sender sender = Sender.of(metadata);
        Aggregate<User> user = load(command.user());
        user.execute(u -> u.checkMayBeChangedBy(sender));
        boolean administrative = command.group() != null || command.remark() != null;
        if (administrative && !sender.isSystem() && sender.role().compareTo(Role.ADMIN) < 0)
            throw new Refused(Refusal.NOT_PERMITTED);
        String subject = command.user().toString();
        Sealed username = sealed(subject, command.username());
        Sealed displayName = sealed(subject, command.displayName());
        Sealed remark = sealed(subject, command.remark());
        if (command.username() != null) claim(command.username(), command.user());
        user.execute(u -> u.change(username, displayName, command.group(), remark));
    }

    private @Nullable Sealed sealed(String subject, @Nullable String clear) {
        return clear == null ? null : vault.seal(subject, clear);
    }

    @CommandHandler
    public void handle(ChangePassword command, MetaData metadata) {
        Sealed hash =
                vault.seal(command.user().toString(), command.passwordHash().reveal());
        load(command.user()).execute(user -> {
            user.checkMayBeChangedBy(Sender.of(metadata));
            user.changePassword(hash);
        });
    }

    @CommandHandler
    public void handle(ChangeRole command, MetaData metadata) {
        Sender sender = Sender.of(metadata);
        load(command.user()).execute(user -> {
            user.checkMayBeStoppedBy(sender);
            if (command.role() == Role.ADMIN && sender.role() != Role.ROOT) throw new Refused(Refusal.NOT_PERMITTED);
            user.changeRole(command.role());
        });
    }

    @CommandHandler
    public void handle(EnableUser command, MetaData metadata) {
        Aggregate<Account> account = account(command.user());
        boolean changed = load(command.user()).invoke(user -> {
            user.checkMayBeStoppedBy(Sender.of(metadata));
            return user.enable();
        });
        if (changed) account.execute(a -> a.handle(new UnfreezeAccount(AccountId.of(command.user()))));
    }

    @CommandHandler
    public void handle(DisableUser command, MetaData metadata) {
        Aggregate<Account> account = account(command.user());
        boolean changed = load(command.user()).invoke(user -> {
            user.checkMayBeStoppedBy(Sender.of(metadata));
            return user.disable();
        });
        if (changed) account.execute(a -> a.handle(new FreezeAccount(AccountId.of(command.user()))));
    }

    @CommandHandler
    public void handle(DeleteUser command, MetaData metadata) {
        Aggregate<Account> account = account(command.user());
        load(command.user()).execute(user -> {
            user.checkMayBeStoppedBy(Sender.of(metadata));
            user.delete();
        });
        account.execute(a -> a.handle(new FreezeAccount(AccountId.of(command.user()))));
    }

    @CommandHandler
    public void handle(IssueAccessToken command) {
        load(command.user()).execute(user -> user.issueAccessToken(command.fingerprint()));
    }

    @CommandHandler
    public void handle(RecordSignIn command) {
        load(command.user()).execute(user -> user.signedIn(command.method(), command.at()));
    }

    private Aggregate<User> load(UserId user) {
        return users.load(user.toString());
    }

    private Aggregate<Account> account(UserId user) {
        return accounts.load(AccountId.of(user).toString());
    }
}
