package io.tollbook.query.statistics;

import static io.tollbook.query.schema.Tables.HOURLY_USAGE;
import static io.tollbook.query.schema.Tables.USER_PROFILE;

import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.statistics.HourlyUsage;
import io.tollbook.kernel.statistics.HourlyUsageByUser;
import io.tollbook.kernel.statistics.HourlyUsageOf;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record7;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Answers how much was used, hour by hour. */
@Component
class UsageQueries {
    private static final Field<BigDecimal> CALLS = DSL.sum(HOURLY_USAGE.CALLS);
    private static final Field<BigDecimal> TOKENS = DSL.sum(HOURLY_USAGE.TOKENS);
    private static final Field<BigDecimal> QUOTA = DSL.sum(HOURLY_USAGE.QUOTA.coerce(Long.class));

    private final DSLContext views;

    UsageQueries(DSLContext views) {
        this.views = views;
    }

    /** An hour counts if any of it lies in the range. */
    private static Condition inRange(Instant from, Instant to) {
        return HOURLY_USAGE.HOUR.between(from.truncatedTo(ChronoUnit.HOURS), to);
    }

    @QueryHandler
    List<HourlyUsage> handle(HourlyUsageByUser query) {
        return views.select(
                        HOURLY_USAGE.HOUR,
                        HOURLY_USAGE.USER_ID,
                        DSL.coalesce(USER_PROFILE.USERNAME, DSL.inline("")),
                        DSL.inline(""),
                        CALLS,
                        TOKENS,
                        QUOTA)
                .from(HOURLY_USAGE)
                .leftJoin(USER_PROFILE)
                .on(USER_PROFILE.ID.coerce(Long.class).eq(HOURLY_USAGE.USER_ID))
                .where(inRange(query.from(), query.to()))
                .groupBy(HOURLY_USAGE.HOUR, HOURLY_USAGE.USER_ID, USER_PROFILE.USERNAME)
                .orderBy(HOURLY_USAGE.HOUR, HOURLY_USAGE.USER_ID)
                .fetch(UsageQueries::usage);
    }

    private static HourlyUsage usage(Record7<Instant, Long, String, String, BigDecimal, BigDecimal, BigDecimal> row) {
        return new HourlyUsage(
                row.value1(),
                row.value2(),
                row.value3(),
                row.value4(),
                row.value5().longValueExact(),
                row.value6().longValueExact(),
                Quota.of(row.value7().longValueExact()));
    }

    @QueryHandler
    List<HourlyUsage> handle(HourlyUsageOf query) {
        Condition condition = inRange(query.from(), query.to());
        boolean together = query.user() == null
                && (query.username() == null || query.username().isBlank());
        if (query.user() != null)
            condition = condition.and(HOURLY_USAGE.USER_ID.eq(query.user().value()));
        if (query.username() != null && !query.username().isBlank())
            condition = condition.and(USER_PROFILE.USERNAME.eq(query.username()));
        Field<Long> user = together ? DSL.inline(0L) : HOURLY_USAGE.USER_ID;
        Field<String> username = together ? DSL.inline("") : DSL.coalesce(USER_PROFILE.USERNAME, DSL.inline(""));
        var from = views.select(HOURLY_USAGE.HOUR, user, username, HOURLY_USAGE.MODEL, CALLS, TOKENS, QUOTA)
                .from(HOURLY_USAGE)
                .leftJoin(USER_PROFILE)
                .on(USER_PROFILE.ID.coerce(Long.class).eq(HOURLY_USAGE.USER_ID))
                .where(condition);
        var grouped = together
                ? from.groupBy(HOURLY_USAGE.HOUR, HOURLY_USAGE.MODEL)
                : from.groupBy(HOURLY_USAGE.HOUR, HOURLY_USAGE.USER_ID, USER_PROFILE.USERNAME, HOURLY_USAGE.MODEL);
        return grouped.orderBy(HOURLY_USAGE.HOUR, HOURLY_USAGE.MODEL).fetch(UsageQueries::usage);
    }
}
