package io.tollbook.command.statistics;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.statistics.MarginAlarmRaised;
import io.tollbook.kernel.statistics.RaiseMarginAlarm;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** What was told on one day. */
// Not cached: an aggregate made on its first command has no id yet when that command is refused.
@Aggregate(lockFactory = "noLocks")
class MarginAlarms {
    @AggregateIdentifier
    private @Nullable String id;

    private final Set<Told> told = new HashSet<>();

    private record Told(ChannelId channel, String model) {}

    protected MarginAlarms() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RaiseMarginAlarm command) {
        LocalDate day = RaiseMarginAlarm.day(command.at());
        if (!command.alarms().equals(RaiseMarginAlarm.of(day)))
            throw Refused.invalid("An alarm belongs to the day of its moment.");
        if (told.contains(new Told(command.channel(), command.model()))) return;
        apply(new MarginAlarmRaised(
                day,
                command.channel(),
                command.model(),
                command.revenue(),
                command.costNanoUsd(),
                command.thresholdPercent(),
                command.at()));
    }

    @EventSourcingHandler
    void on(MarginAlarmRaised event) {
        id = RaiseMarginAlarm.of(event.day());
        told.add(new Told(event.channel(), event.model()));
    }
}
