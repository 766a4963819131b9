package io.tollbook.command.user;

import io.tollbook.command.access.Sender;
import io.tollbook.command.account.Owners;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.user.UserId;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Ranks as they are when a command is decided, and not as some read model or form had them. */
@Component
final class UserRanks implements Owners {
    private final Repository<User> users;

    UserRanks(@Lazy @Qualifier("userRepository") Repository<User> users) {
        this.users = users;
    }

    @Override
    public void checkChange(AccountId account, Sender sender) {
        owner(account).execute(owner -> {
            owner.checkHasQuota();
            owner.checkOutrankedBy(sender);
        });
    }

    /** What root asks for any administrator may approve: were rank asked for, nobody could, for there is one root. */
    @Override
    public void checkApproval(AccountId account, UserId requestedBy, Sender sender) {
        Aggregate<User> owner = owner(account);
        owner.execute(User::checkHasQuota);
        if (!users.load(requestedBy.toString()).invoke(User::isRoot)) owner.execute(o -> o.checkOutrankedBy(sender));
    }

    private Aggregate<User> owner(AccountId account) {
        try {
            return users.load(new UserId(account.value()).toString());
        } catch (AggregateNotFoundException e) {
            throw new Refused(Refusal.NOT_FOUND, "There is no such user.");
        }
    }
}
