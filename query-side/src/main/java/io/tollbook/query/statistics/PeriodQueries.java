package io.tollbook.query.statistics;

import static io.tollbook.query.schema.Tables.HOURLY_USAGE;

import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.statistics.PeriodUsage;
import io.tollbook.kernel.statistics.UsageOver;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/**
 * Sums usage by the hours, days, weeks and months of any time zone. All of them are sums of the same rows: whole hours where
 * they lie within a period, and quarters of those hours in which one begins.
 */
@Component
class PeriodQueries {
    private static final long HOUR_SECONDS = 3_600;

    private static final String WHOLE_HOURS = """
            select extract(epoch from hour)::bigint as second, model, calls, tokens, quota
            from views.hourly_usage
            where hour >= to_timestamp({0}) and hour < to_timestamp({1}) and {2}
                and extract(epoch from hour)::bigint <> all ({3}::bigint[])
            """;

    private static final String QUARTERS = """
            select extract(epoch from hour)::bigint + q.second, model, q.calls, q.tokens, q.quota
            from views.hourly_usage, lateral (values
                (0, calls - calls_2 - calls_3 - calls_4, tokens - tokens_2 - tokens_3 - tokens_4,
                    quota - quota_2 - quota_3 - quota_4),
                (900, calls_2, tokens_2, quota_2),
                (1800, calls_3, tokens_3, quota_3),
                (2700, calls_4, tokens_4, quota_4)) as q (second, calls, tokens, quota)
            where hour = any (select to_timestamp(s) from unnest({3}::bigint[]) s) and {2}
                and extract(epoch from hour)::bigint + q.second >= {0}
                and extract(epoch from hour)::bigint + q.second < {1}
                and (q.calls <> 0 or q.tokens <> 0 or q.quota <> 0)
            """;

    private static final String SUMS = """
            select width_bucket(second, {4}::bigint[]) as period, model, sum(calls), sum(tokens), sum(quota)
            from (%s union all %s) parts
            group by period, model
            order by period, model
            """.formatted(WHOLE_HOURS, QUARTERS);

    private final DSLContext views;

    PeriodQueries(DSLContext views) {
        this.views = views;
    }

    @QueryHandler
    List<PeriodUsage> handle(UsageOver query) {
        List<Instant> bounds = query.step().periods(query.from(), query.to(), query.zone());
        Long[] starts = bounds.stream().map(Instant::getEpochSecond).toArray(Long[]::new);
        Long[] split = bounds.stream()
                .map(Instant::getEpochSecond)
                .filter(second -> second % HOUR_SECONDS != 0)
                .map(second -> second - second % HOUR_SECONDS)
                .distinct()
                .toArray(Long[]::new);
        return views.resultQuery(
                        SUMS,
                        DSL.val(starts[0]),
                        DSL.val(starts[starts.length - 1]),
                        query.user() == null
                                ? DSL.trueCondition()
                                : HOURLY_USAGE.USER_ID.eq(query.user().value()),
                        DSL.val(split),
                        DSL.val(starts))
                .fetch(row -> usage(row, bounds));
    }

    private static PeriodUsage usage(Record row, List<Instant> bounds) {
        return new PeriodUsage(
                bounds.get(row.get(0, int.class) - 1),
                row.get(1, String.class),
                row.get(2, BigDecimal.class).longValueExact(),
                row.get(3, BigDecimal.class).longValueExact(),
                Quota.of(row.get(4, BigDecimal.class).longValueExact()));
    }
}
