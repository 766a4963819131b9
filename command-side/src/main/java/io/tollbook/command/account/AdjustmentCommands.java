package io.tollbook.command.account;

import io.tollbook.command.access.Sender;
import io.tollbook.kernel.Reason;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AdjustQuota;
import io.tollbook.kernel.account.Adjusted;
import io.tollbook.kernel.account.AdjustmentRequested;
import io.tollbook.kernel.account.ApproveAdjustment;
import io.tollbook.kernel.account.ExpireAdjustment;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.RejectAdjustment;
import io.tollbook.kernel.account.RequestAdjustment;
import io.tollbook.kernel.account.WithdrawAdjustment;
import io.tollbook.kernel.user.UserId;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Changes of quota by hand. What one person may not do alone is only written down as wanted; an approval and the change it
 * lets through are appended together, so there is never one without the other.
 */
@Component
class AdjustmentCommands {
    /** Long enough for a colleague's holiday week; what is then still wanted can be asked for again. */
    static final Duration VALID = Duration.ofDays(7);

    private final Repository<Account> accounts;
    private final Repository<Adjustment> adjustments;
    private final SecondPerson secondPerson;
    private final Owners owners;

    AdjustmentCommands(
            @Lazy @Qualifier("accountRepository") Repository<Account> accounts,
            @Lazy @Qualifier("adjustmentRepository") Repository<Adjustment> adjustments,
            SecondPerson secondPerson,
            Owners owners) {
        this.accounts = accounts;
        this.adjustments = adjustments;
        this.secondPerson = secondPerson;
        this.owners = owners;
    }

    @CommandHandler
    Adjusted handle(RequestAdjustment command, MetaData metadata) throws Exception {
        AdjustQuota wanted = command.adjustment();
        Sender sender = Sender.of(metadata);
        owners.checkChange(wanted.account(), sender);
        Aggregate<Account> account = accounts.load(wanted.account().toString());
        Quota change = account.invoke(a -> a.changeBy(wanted));
        if (!secondPerson.isNeededFor(change, sender, wanted.at())) {
            account.execute(a -> a.handle(wanted));
            secondPerson.madeAlone(wanted.lot(), wanted.account(), change, sender, wanted.at());
            return new Adjusted(wanted.lot(), null);
        }
        Quota spendable = account.invoke(a -> a.spendable(wanted.at()));
        if (change.isNegative() && !spendable.isPositive())
            throw new Refused(Refusal.INSUFFICIENT_QUOTA, "There is nothing left to take.");
        Quota available = account.invoke(Account::available);
        AdjustmentRequested request = requested(wanted, change, available, metadata);
        Aggregate<Adjustment> adjustment = adjustments.loadOrCreate(Adjustment.stream(wanted.lot()), Adjustment::new);
        return new Adjusted(wanted.lot(), adjustment.invoke(a -> a.request(request)));
    }

    private static AdjustmentRequested requested(AdjustQuota wanted, Quota change, Quota available, MetaData metadata) {
        UserId by = Sender.of(metadata).user();
        if (by == null) throw new Refused(Refusal.SIGN_IN_REQUIRED);
        return new AdjustmentRequested(
                wanted.lot(),
                wanted.account(),
                wanted.mode(),
                wanted.value(),
                wanted.lotClass(),
                wanted.pricePaid(),
                change,
                available,
                by,
                new Reason(metadata.getOrDefault("reason", "").toString()),
                wanted.at(),
                wanted.at().plus(VALID));
    }

    @CommandHandler
    void handle(ApproveAdjustment command, MetaData metadata) {
        Aggregate<Adjustment> adjustment = load(command.adjustment());
        Sender sender = Sender.of(metadata);
        AdjustQuota wanted = adjustment.invoke(a -> a.approvedBy(sender, command.at()));
        owners.checkApproval(wanted.account(), adjustment.invoke(Adjustment::requestedBy), sender);
        MetaData story = adjustment.invoke(Adjustment::story);
        Aggregate<Account> account = accounts.load(wanted.account().toString());
        Quota before = account.invoke(Account::available);
        account.execute(a -> a.adjust(wanted, story));
        Quota after = account.invoke(Account::available);
        adjustment.execute(a -> a.approve(before, after, command.at()));
    }

    @CommandHandler
    void handle(RejectAdjustment command, MetaData metadata) {
        load(command.adjustment()).execute(a -> a.reject(Sender.of(metadata), command.reason(), command.at()));
    }

    @CommandHandler
    void handle(WithdrawAdjustment command, MetaData metadata) {
        load(command.adjustment()).execute(a -> a.withdraw(Sender.of(metadata), command.at()));
    }

    @CommandHandler
    void handle(ExpireAdjustment command) {
        Instant at = command.at();
        load(command.adjustment()).execute(a -> a.expire(at));
    }

    private Aggregate<Adjustment> load(LotId adjustment) {
        try {
            return adjustments.load(Adjustment.stream(adjustment));
        } catch (AggregateNotFoundException e) {
            throw new Refused(Refusal.NOT_FOUND, "Nobody has asked for a change of quota of that name.");
        }
    }
}
