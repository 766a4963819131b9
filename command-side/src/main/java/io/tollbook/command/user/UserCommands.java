package io.tollbook.command.user;

import io.tollbook.command.access.Sender;
import io.tollbook.command.account.Account;
import io.tollbook.command.account.SecondPerson;
import io.tollbook.command.settings.SiteSettings;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.FreezeAccount;
import io.tollbook.kernel.account.GrantQuota;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.OpenAccount;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.UnfreezeAccount;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.user.ChangePassword;
import io.tollbook.kernel.user.ChangeRole;
import io.tollbook.kernel.user.ChangeUser;
import io.tollbook.kernel.user.DeleteUser;
import io.tollbook.kernel.user.DisableUser;
import io.tollbook.kernel.user.EnableUser;
import io.tollbook.kernel.user.RegisterUser;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.function.Consumer;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * What happens to a user together with their account or their name. All of it is decided before any of it is applied, so
 * a refusal leaves nothing behind.
 */
@Component
class UserCommands {
    /** The opening grant burns before what was paid for. */
    private static final int PROMO_PRIORITY = 0;

    private final Repository<User> users;
    private final Repository<Claim> claims;
    private final Repository<Account> accounts;
    private final SiteSettings settings;
    private final SecondPerson secondPerson;
    private final Vault vault;
    private final SessionEnds sessions;

    UserCommands(
            @Lazy @Qualifier("userRepository") Repository<User> users,
            @Lazy @Qualifier("claimRepository") Repository<Claim> claims,
            @Lazy @Qualifier("accountRepository") Repository<Account> accounts,
            SiteSettings settings,
            SecondPerson secondPerson,
            Vault vault,
            SessionEnds sessions) {
        this.users = users;
        this.claims = claims;
        this.accounts = accounts;
        this.settings = settings;
        this.secondPerson = secondPerson;
        this.vault = vault;
        this.sessions = sessions;
    }

    @CommandHandler
    UserId handle(RegisterUser command, MetaData metadata) throws Exception {
        checkRole(command.role(), Sender.of(metadata));
        User.checkGroup(command.group());
        AccountId account = AccountId.of(command.user());
        GrantQuota grant = openingGrant(command, account);
        Sender sender = Sender.of(metadata);
        boolean byHand = grant != null && !sender.isSystem() && isByHand(grant.amount());
        if (byHand && secondPerson.isNeededFor(grant.amount(), sender, command.at()))
            throw Refused.invalid(
                    "So much quota needs a second administrator. Create the user first, then ask for a change.");
        String name = Claim.ofUsername(vault, command.username());
        Aggregate<Claim> nameClaim = open(name, command.user(), Refusal.USERNAME_TAKEN);
        Aggregate<Claim> rootClaim =
                command.role() == Role.ROOT ? open(Claim.ROOT, command.user(), Refusal.ALREADY_SET_UP) : null;

        users.newInstance(() -> new User(command, vault));
        nameClaim.execute(claim -> claim.take(name, command.user()));
        if (rootClaim != null) rootClaim.execute(claim -> claim.take(Claim.ROOT, command.user()));
        Aggregate<Account> opened = accounts.newInstance(() -> new Account(new OpenAccount(account, command.user())));
        if (grant != null) opened.execute(a -> a.handle(grant));
        if (byHand) secondPerson.madeAlone(grant.lot(), account, grant.amount(), sender, command.at());
        return command.user();
    }

    private static void checkRole(Role role, Sender sender) {
        if (role == Role.GUEST) throw Refused.invalid("A user is user, auditor or admin.");
        if (sender.isSystem()) return;
        if (role == Role.ROOT) throw new Refused(Refusal.ROOT_PROTECTED);
        if (!sender.manages(role)) throw new Refused(Refusal.NOT_PERMITTED);
    }

    private static @Nullable GrantQuota openingGrant(RegisterUser command, AccountId account) {
        Quota amount = command.openingGrant().checked("opening grant");
        if (amount.isZero()) return null;
        return new GrantQuota(
                account,
                new LotId("opening-" + command.user().value()),
                LotClass.PROMO,
                amount,
                PROMO_PRIORITY,
                null,
                "opening grant",
                command.at());
    }

    /** More than every new user gets is a change by hand, and bound by the same limit as any other. */
    private boolean isByHand(Quota amount) {
        return amount.units() > settings.number(Option.QUOTA_FOR_NEW_USER);
    }

    /** The claim, if the user may have it. Nothing is written yet. */
    private Aggregate<Claim> open(String name, UserId user, Refusal otherwise) throws Exception {
        Aggregate<Claim> claim = claims.loadOrCreate(name, Claim::new);
        if (!claim.invoke(c -> c.isOpenTo(user))) throw new Refused(otherwise);
        return claim;
    }

    @CommandHandler
    void handle(ChangeUser command, MetaData metadata) throws Exception {
        Aggregate<User> user = users.load(command.user().toString());
        user.execute(u -> u.checkChange(command, Sender.of(metadata)));
        if (command.username() != null) {
            String name = Claim.ofUsername(vault, command.username());
            Aggregate<Claim> claim = open(name, command.user(), Refusal.USERNAME_TAKEN);
            claim.execute(c -> c.take(name, command.user()));
        }
        user.execute(u -> u.change(command, vault));
    }

    /** A password that somebody else sets ends all sessions; whoever sets their own keeps the one they did it in. */
    @CommandHandler
    void handle(ChangePassword command, MetaData metadata) {
        Sender sender = Sender.of(metadata);
        users.load(command.user().toString()).execute(user -> user.changePassword(command, vault, sender));
        if (!sender.is(command.user())) endSessions(command.user());
    }

    @CommandHandler
    void handle(ChangeRole command, MetaData metadata) {
        users.load(command.user().toString()).execute(user -> user.changeRole(command, Sender.of(metadata)));
        endSessions(command.user());
    }

    /** Ends sessions too: one that outlived the disabling must not come back to life. */
    @CommandHandler
    void handle(EnableUser command, MetaData metadata) {
        AccountId account = AccountId.of(command.user());
        Aggregate<Account> loaded = accounts.load(account.toString());
        users.load(command.user().toString()).execute(user -> user.enable(Sender.of(metadata)));
        loaded.execute(a -> a.handle(new UnfreezeAccount(account)));
        endSessions(command.user());
    }

    @CommandHandler
    void handle(DisableUser command, MetaData metadata) {
        stop(command.user(), user -> user.disable(Sender.of(metadata)));
    }

    @CommandHandler
    void handle(DeleteUser command, MetaData metadata) {
        stop(command.user(), user -> user.delete(Sender.of(metadata)));
    }

    private void stop(UserId id, Consumer<User> how) {
        AccountId account = AccountId.of(id);
        Aggregate<Account> loaded = accounts.load(account.toString());
        users.load(id.toString()).execute(how);
        loaded.execute(a -> a.handle(new FreezeAccount(account)));
        endSessions(id);
    }

    private void endSessions(UserId user) {
        CurrentUnitOfWork.get().afterCommit(unit -> sessions.endAll(user, Instant.now()));
    }
}
