package io.tollbook.query.statistics;

import static java.util.stream.Collectors.joining;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.statistics.Dimension;
import io.tollbook.kernel.statistics.PeriodUsage;
import io.tollbook.kernel.statistics.Usage;
import io.tollbook.kernel.statistics.UsageOver;
import io.tollbook.kernel.statistics.UsagePart;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.log.Cut;
import io.tollbook.query.log.LogConditions;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.SQL;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/**
 * Sums usage by the hours, days, weeks and months of any time zone. All of them are sums of the same rows: whole hours where
 * they lie within a period, quarters of those hours in which one begins, and rows of the log where the range begins or ends
 * within a quarter.
 */
@Component
class PeriodQueries {
    private static final long HOUR_SECONDS = 3_600;
    private static final Duration QUARTER = Duration.ofMinutes(15);

    /** {0} is the filter, {1} the range, {2} the hours that are split, {3} the table, {4} its people. */
    private static final String WHOLE_HOURS = """
            select hour as start, {4}, channel, model, model_group, calls, tokens_in, tokens, quota
            from {3}
            where {0} and {1} and hour <> all ({2})
            """;

    private static final String QUARTERS = """
            select hour + q.later, {4}, channel, model, model_group, q.calls, q.tokens_in, q.tokens, q.quota
            from {3}, lateral (values
                (interval '0', calls - calls_2 - calls_3 - calls_4,
                    tokens_in - tokens_in_2 - tokens_in_3 - tokens_in_4,
                    tokens - tokens_2 - tokens_3 - tokens_4, quota - quota_2 - quota_3 - quota_4),
                (interval '15 minutes', calls_2, tokens_in_2, tokens_2, quota_2),
                (interval '30 minutes', calls_3, tokens_in_3, tokens_3, quota_3),
                (interval '45 minutes', calls_4, tokens_in_4, tokens_4, quota_4))
                    as q (later, calls, tokens_in, tokens, quota)
            where {0} and hour = any ({2}) and q.calls <> 0 and {1}
            """;

    private static final String ROWS = """
            select at as start, user_id, token, channel, model, model_group, 1 as calls,
                prompt_tokens::bigint as tokens_in, prompt_tokens::bigint + completion_tokens as tokens, quota
            from views.usage_log
            where {0}
            """;

    /** {0} is the beginnings of the periods, {1} the parts, {2} to {6} what is told apart. */
    private static final String SUMS = """
            select s.*, coalesce(u.username, ''), coalesce(t.name, ''), coalesce(c.name, '')
            from (select width_bucket(start, {0}) as period, {2} as who, {3} as key,
                    {4} as grp, {5} as mdl, {6} as chn, sum(calls), sum(tokens_in), sum(tokens), sum(quota)
                from ({1}) parts
                group by 1, 2, 3, 4, 5, 6) s
            left join views.user_profile u on u.id = s.who
            left join views.token t on t.id = s.key
            left join views.channel c on c.id = s.chn
            order by 1, 4, 5, 2, 3, 6
            """;

    private final DSLContext views;
    private final LogConditions conditions;

    PeriodQueries(DSLContext views) {
        this.views = views;
        conditions = new LogConditions(views);
    }

    @QueryHandler
    List<PeriodUsage> handle(UsageOver query) {
        LogFilter filter = query.filter();
        if (filter.kind() != LogKind.ALL && filter.kind() != LogKind.CONSUME) return List.of();
        if (!LogConditions.isKnownPerHour(filter))
            throw Refused.invalid("Usage of a single request is its row in the log.");
        List<Instant> starts = query.starts();
        List<SQL> parts = parts(query, starts);
        SQL all = parts.getFirst();
        for (SQL part : parts.subList(1, parts.size())) all = DSL.sql("{0} union all {1}", all, part);
        return views.resultQuery(
                        SUMS,
                        moments(starts.stream()),
                        all,
                        apart(query, Dimension.USER, user(query)),
                        apart(query, Dimension.TOKEN, DSL.sql("token")),
                        apart(query, Dimension.GROUP, DSL.sql("model_group")),
                        apart(query, Dimension.MODEL, DSL.sql("model")),
                        apart(query, Dimension.CHANNEL, DSL.sql("channel")))
                .fetch(row -> usage(row, starts, query.by().contains(Dimension.TOKEN)));
    }

    /** Everybody's where nobody is asked for: far fewer rows with the same sums. */
    private static boolean isAboutEverybody(UsageOver query) {
        return LogConditions.isAboutEverybody(query.filter())
                && query.apart().isEmpty()
                && !query.by().contains(Dimension.USER)
                && !query.by().contains(Dimension.TOKEN);
    }

    private static boolean isApart(UsageOver query) {
        return query.by().contains(Dimension.CHANNEL) || query.by().contains(Dimension.GROUP);
    }

    private List<SQL> parts(UsageOver query, List<Instant> starts) {
        LogFilter filter = query.filter();
        boolean everybody = isAboutEverybody(query);
        SQL sums = DSL.sql(everybody ? "views.hourly_total" : "views.hourly_usage");
        SQL people = DSL.sql(everybody ? "0::bigint as user_id, 0::bigint as token" : "user_id, token");
        Cut cut = Cut.of(filter.from(), filter.to(), QUARTER);
        List<SQL> parts = new ArrayList<>();
        Cut.Range whole = cut.hours();
        if (whole != null) {
            QueryPart split = moments(Stream.concat(starts.stream(), Stream.of(whole.from(), whole.to()))
                    .filter(Objects::nonNull)
                    .filter(bound -> bound.getEpochSecond() % HOUR_SECONDS != 0 || bound.getNano() != 0)
                    .map(bound -> bound.truncatedTo(ChronoUnit.HOURS))
                    .distinct());
            QueryPart hours = everybody ? conditions.totals(filter, isApart(query)) : conditions.hours(filter);
            parts.add(DSL.sql(WHOLE_HOURS, hours, within("hour", whole), split, sums, people));
            parts.add(DSL.sql(QUARTERS, hours, within("hour + q.later", whole), split, sums, people));
        }
        LogFilter charged = filter.ofKind(LogKind.CONSUME);
        for (Cut.Range rows : cut.rows())
            parts.add(DSL.sql(ROWS, conditions.rows(charged.between(rows.from(), rows.to()))));
        return parts;
    }

    /** The hour itself bounds what the index must read. */
    private static SQL within(String field, Cut.Range range) {
        SQL bounds = DSL.sql("true");
        if (range.from() != null)
            bounds = DSL.sql(
                    "hour >= {0} and " + field + " >= {1}",
                    moment(range.from().truncatedTo(ChronoUnit.HOURS)),
                    moment(range.from()));
        if (range.to() != null)
            bounds = DSL.sql("{0} and hour < {1} and " + field + " < {1}", bounds, moment(range.to()));
        return DSL.sql("({0})", bounds);
    }

    /** Written out: the text of a parameter would be read as a moment again for each of millions of rows. */
    private static QueryPart moment(Instant moment) {
        return DSL.raw("timestamptz '" + moment + "'");
    }

    private static SQL user(UsageOver query) {
        if (query.apart().isEmpty()) return DSL.sql("user_id");
        Long[] apart = query.apart().stream().map(UserId::value).toArray(Long[]::new);
        return DSL.sql("case when user_id = any ({0}) then user_id else 0 end", DSL.val(apart));
    }

    private static SQL apart(UsageOver query, Dimension dimension, SQL field) {
        if (query.by().contains(dimension)) return field;
        return switch (dimension) {
            case USER, TOKEN, CHANNEL -> DSL.sql("0::bigint");
            case GROUP, MODEL -> DSL.sql("''::text");
        };
    }

    private static QueryPart moments(Stream<Instant> moments) {
        return DSL.raw(moments.map(moment -> "\"" + moment + '"').collect(joining(",", "'{", "}'::timestamptz[]")));
    }

    private static PeriodUsage usage(Record row, List<Instant> starts, boolean byToken) {
        long tokensIn = sum(row, 7);
        long token = row.get(2, long.class);
        boolean ofSessions = byToken && token == TokenId.SESSION.value();
        return new PeriodUsage(
                starts.get(row.get(0, int.class) - 1),
                new UsagePart(
                        row.get(1, long.class),
                        row.get(10, String.class),
                        token,
                        ofSessions ? TokenId.SESSION_NAME : row.get(11, String.class),
                        row.get(3, String.class),
                        row.get(4, String.class),
                        row.get(5, long.class),
                        row.get(12, String.class)),
                new Usage(sum(row, 6), tokensIn, sum(row, 8) - tokensIn, Quota.of(sum(row, 9))));
    }

    private static long sum(Record row, int column) {
        return row.get(column, BigDecimal.class).longValueExact();
    }
}
