package io.tollbook.query.statistics;

import static io.tollbook.query.schema.Tables.MARGIN_ALARM;

import io.tollbook.kernel.statistics.MarginAlarmRaised;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.DirectoryWrites;
import io.tollbook.query.readmodel.ReadModelNames;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Keeps {@code margin_alarm}. */
@Component
@ProcessingGroup(ReadModelNames.DIRECTORY)
class MarginAlarmProjection {
    @EventHandler
    void on(MarginAlarmRaised event, Batch batch) {
        DirectoryWrites.of(batch)
                .quietly(DSL.insertInto(MARGIN_ALARM)
                        .set(MARGIN_ALARM.DAY, event.day())
                        .set(MARGIN_ALARM.CHANNEL, event.channel().value())
                        .set(MARGIN_ALARM.MODEL, event.model())
                        .set(MARGIN_ALARM.QUOTA, event.revenue())
                        .set(MARGIN_ALARM.COST, event.costNanoUsd())
                        .set(MARGIN_ALARM.THRESHOLD, event.thresholdPercent())
                        .set(MARGIN_ALARM.RAISED_AT, event.at())
                        .onConflictDoNothing());
    }
}
