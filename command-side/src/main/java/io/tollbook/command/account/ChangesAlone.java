package io.tollbook.command.account;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.tollbook.kernel.EventName;
import io.tollbook.kernel.account.AdjustmentMadeAlone;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;

/** What one administrator changed by hand without a second person, over the last day. */
@Aggregate(cache = "accountCache", lockFactory = "noLocks", snapshotTriggerDefinition = "accountSnapshots")
@EventName("changes-alone.state")
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public class ChangesAlone {
    static final Duration DAY = Duration.ofDays(1);

    @AggregateIdentifier
    private String id;

    private Deque<Change> changes = new ArrayDeque<>();

    private record Change(Quota amount, Instant at) {}

    /** For the repository, which then applies the events. */
    @SuppressWarnings("NullAway")
    protected ChangesAlone() {}

    ChangesAlone(UserId administrator) {
        id = stream(administrator);
    }

    static String stream(UserId administrator) {
        return "changes-alone-" + administrator.value();
    }

    /** What was added and what was taken, both counted as amounts: giving one account what another loses is no less. */
    Quota ofLastDay(Instant now) {
        Quota sum = Quota.ZERO;
        for (Change change : changes) if (change.at().plus(DAY).isAfter(now)) sum = sum.plus(change.amount());
        return sum;
    }

    void note(AdjustmentMadeAlone change) {
        apply(change);
    }

    @EventSourcingHandler
    void on(AdjustmentMadeAlone event) {
        id = stream(event.requestedBy());
        changes.removeIf(change -> !change.at().plus(DAY).isAfter(event.at()));
        changes.addLast(new Change(Quota.of(Math.absExact(event.change().units())), event.at()));
    }
}
