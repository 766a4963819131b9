package io.tollbook.command.account;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tollbook.command.account.EndedHolds.Ending;
import io.tollbook.kernel.EventName;
import io.tollbook.kernel.Reason;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountEvent;
import io.tollbook.kernel.account.AccountFrozen;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AccountOpened;
import io.tollbook.kernel.account.AccountUnfrozen;
import io.tollbook.kernel.account.AdjustQuota;
import io.tollbook.kernel.account.CallReopened;
import io.tollbook.kernel.account.CallResolved;
import io.tollbook.kernel.account.ExpireLots;
import io.tollbook.kernel.account.FreezeAccount;
import io.tollbook.kernel.account.FundsHeld;
import io.tollbook.kernel.account.GrantQuota;
import io.tollbook.kernel.account.HoldFunds;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.LimitToken;
import io.tollbook.kernel.account.LotExpired;
import io.tollbook.kernel.account.LotSlice;
import io.tollbook.kernel.account.OpenAccount;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.QuotaDeducted;
import io.tollbook.kernel.account.QuotaGranted;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.ReleaseHold;
import io.tollbook.kernel.account.ReleaseOpenHold;
import io.tollbook.kernel.account.ReopenCall;
import io.tollbook.kernel.account.ResolveCall;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.account.TokenLimited;
import io.tollbook.kernel.account.UnfreezeAccount;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.kernel.token.TokenId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * One holder of quota: its lots, the holds of running calls and what each API key may still spend.
 *
 * <p>Promises: the available balance never falls below zero; each call is charged once or released once; every event says
 * which lots paid. A {@code handle} decides and changes nothing, so a batch of commands goes on past a refusal; an {@code
 * on} changes and decides nothing, and asserts what the decision promised.
 */
@Aggregate(cache = "accountCache", lockFactory = "noLocks", snapshotTriggerDefinition = "accountSnapshots")
@EventName(value = "account.state", version = 2)
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public class Account {
    @AggregateIdentifier
    private AccountId id;

    private boolean frozen;
    private Quota overdraft = Quota.ZERO;
    private long grants;
    private Lots lots = new Lots();
    private Map<String, Hold> holds = new HashMap<>();
    private Map<Long, Quota> tokenRemaining = new HashMap<>();
    private Set<String> grantIds = new HashSet<>();
    private UnresolvedCalls unresolved = new UnresolvedCalls();
    private CallWindows windows = new CallWindows();

    /** Not in snapshots: whoever would repeat a command does so within the life of the process. */
    @JsonIgnore
    private final EndedHolds ended = new EndedHolds();

    /** For the repository, which then applies the events. */
    @SuppressWarnings("NullAway")
    protected Account() {}

    @CommandHandler
    @SuppressWarnings("NullAway")
    public Account(OpenAccount command) {
        AggregateLifecycle.apply(new AccountOpened(command.account(), command.owner()));
    }

    @CommandHandler
    public void handle(GrantQuota command) {
        grant(command, MetaData.emptyInstance());
    }

    private void grant(GrantQuota command, MetaData more) {
        if (grantIds.contains(command.lot().value())) return;
        Quota repaid = overdraft.min(command.amount());
        AggregateLifecycle.apply(
                new QuotaGranted(
                        id,
                        command.lot(),
                        command.lotClass(),
                        command.amount(),
                        repaid,
                        command.priority(),
                        command.expiresAt(),
                        command.cause(),
                        lots.available().plus(command.amount().minus(repaid)),
                        command.at(),
                        command.pricePaid()),
                more);
    }

    @CommandHandler
    public void handle(AdjustQuota command) {
        adjust(command, MetaData.emptyInstance());
    }

    /** @param more what its event says beside who did it */
    void adjust(AdjustQuota command, MetaData more) {
        Quota change = changeBy(command);
        if (change.isPositive()) grant(command.grant(change), more);
        if (!change.isNegative()) return;
        Quota amount = Quota.ZERO.minus(change).min(lots.spendable(command.at()));
        if (!amount.isPositive()) throw new Refused(Refusal.INSUFFICIENT_QUOTA, "There is nothing left to take.");
        List<LotSlice> burned = lots.slicesFor(amount, command.at());
        Quota available = lots.available().minus(amount);
        AggregateLifecycle.apply(new QuotaDeducted(id, command.lot(), amount, burned, available, command.at()), more);
    }

    /** What an adjustment would change; nothing where it is there already. */
    Quota changeBy(AdjustQuota command) {
        return grantIds.contains(command.lot().value()) ? Quota.ZERO : command.changeOf(lots.available());
    }

    @CommandHandler
    public void handle(LimitToken command) {
        AggregateLifecycle.apply(new TokenLimited(id, command.token(), command.remaining()));
    }

    @CommandHandler
    public void handle(FreezeAccount command) {
        if (!frozen) AggregateLifecycle.apply(new AccountFrozen(id));
    }

    @CommandHandler
    public void handle(UnfreezeAccount command) {
        if (frozen) AggregateLifecycle.apply(new AccountUnfrozen(id));
    }

    @CommandHandler
    public void handle(HoldFunds command) {
        if (holds.containsKey(command.hold().value())) return; // The relay retries; the same hold twice is one hold.
        if (ended.contain(command.hold())) throw new Refused(Refusal.HOLD_RESOLVED);
        HoldPolicy.check(this, command);
        AggregateLifecycle.apply(new FundsHeld(
                id,
                command.hold(),
                command.user(),
                command.token(),
                command.model(),
                command.group(),
                command.priceVersion(),
                command.channel(),
                command.worstCase(),
                lots.slicesFor(command.worstCase(), command.at()),
                lots.available().minus(command.worstCase()),
                command.node(),
                command.at(),
                command.leaseEnd(),
                command.counted()));
    }

    @CommandHandler
    public void handle(SettleUsage command) {
        Hold hold = holds.get(command.hold().value());
        if (hold == null) {
            ended.checkRepeated(command.hold(), Ending.SETTLED);
            return;
        }
        Instant at = command.timing().startedAt().plusMillis(command.timing().totalMillis());
        Quota fromHold = command.charge().min(hold.amount());
        List<LotSlice> burned = hold.firstSlices(fromHold);
        Quota beyond = command.charge().minus(fromHold);
        Quota fromLots = beyond.min(lots.spendable(at));
        if (fromLots.isPositive()) {
            burned = new ArrayList<>(burned);
            burned.addAll(lots.slicesFor(fromLots, at));
        }
        Quota available = lots.available().plus(hold.amount().minus(fromHold)).minus(fromLots);
        AggregateLifecycle.apply(hold.settled(command, burned, beyond.minus(fromLots), available));
    }

    @CommandHandler
    public void handle(ReleaseHold command) {
        Hold hold = holds.get(command.hold().value());
        if (hold == null) {
            ended.checkRepeated(command.hold(), Ending.RELEASED);
            return;
        }
        AggregateLifecycle.apply(hold.released(command, lots.available()));
    }

    @CommandHandler
    public void handle(ReleaseOpenHold command) {
        Hold hold = holds.get(command.hold().value());
        if (hold == null)
            throw new Refused(ended.contain(command.hold()) ? Refusal.HOLD_RESOLVED : Refusal.HOLD_UNKNOWN);
        ReleaseHold release = new ReleaseHold(id, command.hold(), ReleaseCause.BY_HAND, "", 0, List.of(), command.at());
        applyWith(command.reason(), hold.released(release, lots.available()));
    }

    @CommandHandler
    public void handle(ResolveCall command) {
        unresolved.check(command, lots.spendable(command.at()));
        List<LotSlice> burned = lots.slicesFor(command.charge(), command.at());
        Quota available = lots.available().minus(command.charge());
        applyWith(command.reason(), unresolved.resolved(command, burned, available));
    }

    @CommandHandler
    public void handle(ReopenCall command) {
        applyWith(command.reason(), unresolved.reopened(command, lots.available()));
    }

    private static void applyWith(Reason reason, AccountEvent event) {
        AggregateLifecycle.apply(event, MetaData.with("reason", reason.words()));
    }

    @CommandHandler
    public void handle(ExpireLots command) {
        Quota available = lots.available();
        for (Lot lot : lots.expiredBy(command.at())) {
            available = available.minus(lot.available());
            AggregateLifecycle.apply(new LotExpired(id, lot.id(), lot.available(), available, command.at()));
        }
    }

    boolean isOpen() {
        return !frozen;
    }

    Collection<Hold> open() {
        return holds.values();
    }

    CallWindows windows() {
        return windows;
    }

    Quota available() {
        return lots.available();
    }

    Quota spendable(Instant moment) {
        return lots.spendable(moment);
    }

    /** What an API key may still spend, holds taken off; null for no limit of its own. */
    public @Nullable Quota remainingOf(TokenId token) {
        return tokenRemaining.get(token.value());
    }

    @EventSourcingHandler
    void on(AccountOpened event) {
        id = event.account();
    }

    @EventSourcingHandler
    void on(QuotaGranted event) {
        grantIds.add(event.lot().value());
        overdraft = overdraft.minus(event.overdraftRepaid());
        lots.add(new Lot(
                event.lot(),
                event.lotClass(),
                event.priority(),
                event.expiresAt(),
                ++grants,
                event.amount().minus(event.overdraftRepaid()),
                Quota.ZERO));
        balanced(event.available());
    }

    @EventSourcingHandler
    void on(QuotaDeducted event) {
        grantIds.add(event.adjustment().value());
        lots.burn(event.burned());
        balanced(event.available());
    }

    @EventSourcingHandler
    void on(TokenLimited event) {
        if (event.remaining() == null) {
            tokenRemaining.remove(event.token().value());
            return;
        }
        Quota remaining = event.remaining();
        for (Hold hold : holds.values())
            if (hold.token().equals(event.token())) remaining = remaining.minus(hold.amount());
        tokenRemaining.put(event.token().value(), remaining);
    }

    @EventSourcingHandler
    void on(AccountFrozen event) {
        frozen = true;
    }

    @EventSourcingHandler
    void on(AccountUnfrozen event) {
        frozen = false;
    }

    @EventSourcingHandler
    void on(FundsHeld event) {
        holds.put(event.hold().value(), Hold.of(event));
        windows.begun(event);
        lots.hold(event.slices());
        spend(event.token(), event.amount());
        balanced(event.available());
    }

    @EventSourcingHandler
    void on(UsageSettled event) {
        Hold hold = end(event.hold(), Ending.SETTLED);
        lots.release(hold.slices());
        lots.burn(event.burned());
        overdraft = overdraft.plus(event.overdraft());
        spend(event.token(), event.charged().minus(event.held()));
        balanced(event.available());
    }

    @EventSourcingHandler
    void on(HoldReleased event) {
        Hold hold = end(event.hold(), Ending.RELEASED);
        windows.failed(hold);
        lots.release(hold.slices());
        spend(event.token(), Quota.ZERO.minus(event.amount()));
        if (event.cause() == ReleaseCause.LEASE_ENDED) unresolved.add(event);
        balanced(event.available());
    }

    @EventSourcingHandler
    void on(CallResolved event) {
        unresolved.on(event, lots.partsOf(event.burned()));
        lots.burn(event.burned());
        balanced(event.available());
    }

    @EventSourcingHandler
    void on(CallReopened event) {
        unresolved.on(event).forEach(lots::restore);
        balanced(event.available());
    }

    @EventSourcingHandler
    void on(LotExpired event) {
        lots.burn(List.of(new LotSlice(event.lot(), event.amount())));
        balanced(event.available());
    }

    private Hold end(HoldId hold, Ending ending) {
        Hold open = holds.remove(hold.value());
        if (open == null) throw new IllegalStateException("hold " + hold + " ended twice in " + id);
        ended.add(hold, ending);
        return open;
    }

    private void spend(TokenId token, Quota amount) {
        tokenRemaining.computeIfPresent(token.value(), (key, remaining) -> remaining.minus(amount));
    }

    /** What the decision said must be what the change made. */
    private void balanced(Quota said) {
        if (!lots.available().equals(said) || said.isNegative())
            throw new IllegalStateException(
                    "account " + id + " has " + lots.available() + " where its event says " + said);
    }
}
