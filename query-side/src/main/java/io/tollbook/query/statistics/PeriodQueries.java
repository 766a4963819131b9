package io.tollbook.query.statistics;

import static io.tollbook.query.schema.Tables.HOURLY_USAGE;

import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.statistics.PeriodUsage;
import io.tollbook.kernel.statistics.UsageOver;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
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
            select hour as start, model, calls, tokens, quota
            from views.hourly_usage
            where hour >= {0}::timestamptz and hour < {1}::timestamptz and {2} and hour <> all ({3}::text[]::timestamptz[])
            """;

    private static final String QUARTERS = """
            select hour + q.later, model, q.calls, q.tokens, q.quota
            from views.hourly_usage, lateral (values
                (interval '0', calls - calls_2 - calls_3 - calls_4, tokens - tokens_2 - tokens_3 - tokens_4,
                    quota - quota_2 - quota_3 - quota_4),
                (interval '15 minutes', calls_2, tokens_2, quota_2),
                (interval '30 minutes', calls_3, tokens_3, quota_3),
                (interval '45 minutes', calls_4, tokens_4, quota_4)) as q (later, calls, tokens, quota)
            where hour = any ({3}::text[]::timestamptz[]) and {2}
                and hour + q.later >= {0}::timestamptz and hour + q.later < {1}::timestamptz and q.calls <> 0
            """;

    private static final String SUMS = """
            select width_bucket(start, {4}::text[]::timestamptz[]) as period, model, sum(calls), sum(tokens), sum(quota)
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
        String[] starts = texts(bounds.stream());
        String[] split = texts(bounds.stream()
                .filter(bound -> bound.getEpochSecond() % HOUR_SECONDS != 0)
                .map(bound -> bound.truncatedTo(ChronoUnit.HOURS))
                .distinct());
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

    private static String[] texts(Stream<Instant> moments) {
        return moments.map(Instant::toString).toArray(String[]::new);
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
