package io.tollbook.query.statistics;

import static io.tollbook.query.schema.Tables.CHANNEL;
import static io.tollbook.query.schema.Tables.MARGIN;
import static io.tollbook.query.schema.Tables.USER_PROFILE;

import io.tollbook.kernel.Page;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.statistics.Dimension;
import io.tollbook.kernel.statistics.Margin;
import io.tollbook.kernel.statistics.MarginLine;
import io.tollbook.kernel.statistics.MarginOver;
import io.tollbook.kernel.statistics.UsagePart;
import io.tollbook.query.log.LogConditions;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Answers what calls earned and cost. */
@Component
class MarginQueries {
    private static final long QUARTER_SECONDS = 900;

    private static final Field<BigDecimal> CALLS = DSL.sum(MARGIN.CALLS);
    private static final Field<BigDecimal> QUOTA = DSL.sum(MARGIN.QUOTA.coerce(Long.class));
    private static final Field<BigDecimal> COST = DSL.sum(MARGIN.COST);
    private static final Field<BigDecimal> UNKNOWN_CALLS = DSL.sum(MARGIN.UNKNOWN_CALLS);
    private static final Field<BigDecimal> UNKNOWN_QUOTA = DSL.sum(MARGIN.UNKNOWN_QUOTA.coerce(Long.class));
    private static final Field<BigDecimal> KNOWN = QUOTA.minus(UNKNOWN_QUOTA).times(DSL.inline(Quota.NANO_USD));
    private static final Field<BigDecimal> LEFT = KNOWN.minus(COST);

    private static final Field<String> USERNAME = DSL.coalesce(USER_PROFILE.USERNAME, DSL.inline(""));
    private static final Field<String> CHANNEL_NAME = DSL.coalesce(CHANNEL.NAME, DSL.inline(""));

    private final DSLContext views;
    private final LogConditions conditions;

    MarginQueries(DSLContext views) {
        this.views = views;
        conditions = new LogConditions(views);
    }

    @QueryHandler
    Page<MarginLine> handle(MarginOver query) {
        Field<Long> user = apart(query, Dimension.USER, MARGIN.USER_ID, DSL.inline(0L));
        Field<String> username = apart(query, Dimension.USER, USERNAME, DSL.inline(""));
        Field<String> group = apart(query, Dimension.GROUP, MARGIN.MODEL_GROUP, DSL.inline(""));
        Field<String> model = apart(query, Dimension.MODEL, MARGIN.MODEL, DSL.inline(""));
        Field<Long> channel = apart(query, Dimension.CHANNEL, MARGIN.CHANNEL, DSL.inline(0L));
        Field<String> channelName = apart(query, Dimension.CHANNEL, CHANNEL_NAME, DSL.inline(""));
        Field<Integer> lines = DSL.count().over();
        List<Field<?>> parts = new ArrayList<>();
        if (query.by().contains(Dimension.USER)) parts.addAll(List.of(MARGIN.USER_ID, USER_PROFILE.USERNAME));
        if (query.by().contains(Dimension.GROUP)) parts.add(MARGIN.MODEL_GROUP);
        if (query.by().contains(Dimension.MODEL)) parts.add(MARGIN.MODEL);
        if (query.by().contains(Dimension.CHANNEL)) parts.addAll(List.of(MARGIN.CHANNEL, CHANNEL.NAME));
        List<? extends Record> rows = views.select(
                        user,
                        username,
                        group,
                        model,
                        channel,
                        channelName,
                        CALLS,
                        QUOTA,
                        COST,
                        UNKNOWN_CALLS,
                        UNKNOWN_QUOTA,
                        lines)
                .from(MARGIN)
                .leftJoin(USER_PROFILE)
                .on(USER_PROFILE.ID.coerce(Long.class).eq(MARGIN.USER_ID))
                .leftJoin(CHANNEL)
                .on(CHANNEL.ID.coerce(Long.class).eq(MARGIN.CHANNEL))
                .where(conditions.quarters(query.filter()))
                .and(within(query.filter()))
                .groupBy(parts)
                .having(DSL.count().gt(0))
                .orderBy(order(query, parts))
                .offset(query.paging().offset())
                .limit(query.paging().limit())
                .fetch();
        long total = rows.isEmpty() ? query.paging().offset() : rows.getFirst().get(11, long.class);
        return new Page<>(rows.stream().map(MarginQueries::line).toList(), total);
    }

    private static <T> Field<T> apart(MarginOver query, Dimension dimension, Field<T> field, Field<T> otherwise) {
        return query.by().contains(dimension) ? field : otherwise;
    }

    private static Condition within(LogFilter filter) {
        Condition condition = DSL.noCondition();
        if (filter.from() != null) condition = condition.and(MARGIN.QUARTER.ge(quarter(filter.from())));
        if (filter.to() != null) condition = condition.and(MARGIN.QUARTER.le(quarter(filter.to())));
        return condition;
    }

    /** In which a moment lies: a range that cuts one has all of it. */
    private static Instant quarter(Instant moment) {
        long second = moment.getEpochSecond();
        return Instant.ofEpochSecond(second - Math.floorMod(second, QUARTER_SECONDS));
    }

    /** Names last, so that pages never overlap. */
    private static List<SortField<?>> order(MarginOver query, List<Field<?>> parts) {
        List<SortField<?>> order = new ArrayList<>();
        Field<?> figure = switch (query.order()) {
            case NAME -> null;
            case CALLS -> CALLS;
            case REVENUE -> QUOTA;
            case COST -> COST;
            case MARGIN -> LEFT;
            case PERCENT -> LEFT.div(DSL.nullif(KNOWN, BigDecimal.ZERO));
            case UNKNOWN -> UNKNOWN_CALLS;
        };
        if (figure != null)
            order.add(
                    query.descending()
                            ? figure.desc().nullsLast()
                            : figure.asc().nullsLast());
        // The name first, which is last of its part; then what tells two of one name apart.
        for (Field<?> part : parts.reversed()) order.add(query.descending() ? part.desc() : part.asc());
        return order;
    }

    private static MarginLine line(Record row) {
        return new MarginLine(
                new UsagePart(
                        row.get(0, long.class),
                        row.get(1, String.class),
                        0,
                        "",
                        row.get(2, String.class),
                        row.get(3, String.class),
                        row.get(4, long.class),
                        row.get(5, String.class)),
                new Margin(sum(row, 6), Quota.of(sum(row, 7)), sum(row, 8), sum(row, 9), Quota.of(sum(row, 10))));
    }

    private static long sum(Record row, int column) {
        return row.get(column, BigDecimal.class).longValueExact();
    }
}
