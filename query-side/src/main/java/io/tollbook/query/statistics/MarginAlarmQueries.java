package io.tollbook.query.statistics;

import static io.tollbook.query.schema.Tables.CHANNEL;
import static io.tollbook.query.schema.Tables.MARGIN_ALARM;

import io.tollbook.kernel.Page;
import io.tollbook.kernel.statistics.MarginAlarm;
import io.tollbook.kernel.statistics.MarginAlarms;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Answers where too little was left. */
@Component
class MarginAlarmQueries {
    private final DSLContext views;

    MarginAlarmQueries(DSLContext views) {
        this.views = views;
    }

    @QueryHandler
    Page<MarginAlarm> handle(MarginAlarms query) {
        Condition recent = MARGIN_ALARM.RAISED_AT.ge(query.since());
        List<MarginAlarm> alarms = views.select(MARGIN_ALARM.fields())
                .select(CHANNEL.NAME)
                .from(MARGIN_ALARM)
                .leftJoin(CHANNEL)
                .on(CHANNEL.ID.coerce(Long.class).eq(MARGIN_ALARM.CHANNEL))
                .where(recent)
                .orderBy(MARGIN_ALARM.RAISED_AT.desc(), MARGIN_ALARM.CHANNEL, MARGIN_ALARM.MODEL)
                .offset(query.paging().offset())
                .limit(query.paging().limit())
                .fetch(row -> new MarginAlarm(
                        row.get(MARGIN_ALARM.CHANNEL),
                        row.get(CHANNEL.NAME) == null ? "" : row.get(CHANNEL.NAME),
                        row.get(MARGIN_ALARM.MODEL),
                        row.get(MARGIN_ALARM.QUOTA),
                        row.get(MARGIN_ALARM.COST),
                        row.get(MARGIN_ALARM.THRESHOLD),
                        row.get(MARGIN_ALARM.RAISED_AT)));
        return new Page<>(alarms, views.fetchCount(MARGIN_ALARM, recent));
    }
}
