package io.tollbook.query.log;

import static io.tollbook.query.schema.Tables.HOURLY_TOTAL;
import static io.tollbook.query.schema.Tables.HOURLY_USAGE;
import static io.tollbook.query.schema.Tables.USAGE_LOG;

import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogStatistics;
import io.tollbook.kernel.log.LogStatisticsOf;
import io.tollbook.kernel.site.ReadModel;
import io.tollbook.kernel.site.ReadModels;
import io.tollbook.query.readmodel.ReadModelNames;
import io.tollbook.query.readmodel.StoredEvents;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sums over the log. Whole hours come from the sums per hour, which are the same figures added up before; only the cut hours
 * at the ends of a range are read row by row.
 */
@Component
class LogSums {
    private static final Condition CHARGED = USAGE_LOG.KIND.eq(DSL.inline((short) LogKind.CONSUME.number()));
    private static final Duration LATE = Duration.ofSeconds(10);

    private final DSLContext views;
    private final LogConditions conditions;
    private final ReadModels readModels;

    LogSums(DSLContext views, ReadModels readModels) {
        this.views = views;
        conditions = new LogConditions(views);
        this.readModels = readModels;
    }

    @QueryHandler
    LogStatistics handle(LogStatisticsOf query) {
        LogFilter filter = query.filter();
        boolean charges = filter.kind() == LogKind.ALL || filter.kind() == LogKind.CONSUME;
        if (!charges) return new LogStatistics(Quota.ZERO, 0, 0);
        Quota quota = LogConditions.isKnownPerHour(filter) && hoursAreComplete() ? byHours(filter) : byRows(filter);
        return views.select(
                        DSL.count(),
                        DSL.coalesce(
                                DSL.sum(USAGE_LOG.PROMPT_TOKENS.plus(USAGE_LOG.COMPLETION_TOKENS)),
                                DSL.inline(BigDecimal.ZERO)))
                .from(USAGE_LOG)
                .where(conditions.anyTime(filter))
                .and(CHARGED)
                .and(conditions.range(Instant.now().minusSeconds(60), null))
                .fetchSingle(row ->
                        new LogStatistics(quota, row.value1(), row.value2().longValueExact()));
    }

    /** Not while the sums are being built again. */
    private boolean hoursAreComplete() {
        ReadModel hours = readModels.all().stream()
                .filter(model -> model.name().equals(ReadModelNames.STATISTICS))
                .findFirst()
                .orElseThrow();
        return hours.behind() == 0
                || hours.position()
                        >= StoredEvents.lastBefore(views, Instant.now().minus(LATE));
    }

    private Quota byHours(LogFilter filter) {
        Cut cut = Cut.of(filter.from(), filter.to());
        Quota sum = Quota.ZERO;
        if (cut.hours() != null) {
            boolean everybody = LogConditions.isAboutEverybody(filter);
            Field<Instant> hour = everybody ? HOURLY_TOTAL.HOUR : HOURLY_USAGE.HOUR;
            Condition whole = everybody ? conditions.totals(filter, false) : conditions.hours(filter);
            if (cut.hours().from() != null)
                whole = whole.and(hour.ge(cut.hours().from()));
            if (cut.hours().to() != null) whole = whole.and(hour.lt(cut.hours().to()));
            Field<Long> quota = (everybody ? HOURLY_TOTAL.QUOTA : HOURLY_USAGE.QUOTA).coerce(Long.class);
            sum = sum(views.select(DSL.sum(quota))
                    .from(everybody ? HOURLY_TOTAL : HOURLY_USAGE)
                    .where(whole)
                    .fetchSingle()
                    .value1());
        }
        for (Cut.Range rows : cut.rows()) sum = sum.plus(byRows(filter.between(rows.from(), rows.to())));
        return sum;
    }

    private Quota byRows(LogFilter filter) {
        return sum(views.select(DSL.sum(USAGE_LOG.QUOTA.coerce(Long.class)))
                .from(USAGE_LOG)
                .where(conditions.rows(filter))
                .and(CHARGED)
                .fetchSingle()
                .value1());
    }

    private static Quota sum(@Nullable BigDecimal sum) {
        return sum == null ? Quota.ZERO : Quota.of(sum.longValueExact());
    }
}
