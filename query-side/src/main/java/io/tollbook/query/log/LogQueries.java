package io.tollbook.query.log;

import static io.tollbook.query.schema.Tables.CHANNEL;
import static io.tollbook.query.schema.Tables.TOKEN;
import static io.tollbook.query.schema.Tables.USAGE_LOG;
import static io.tollbook.query.schema.Tables.USER_PROFILE;

import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogOperation;
import io.tollbook.kernel.log.LogOperations;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.log.LogRowsBefore;
import io.tollbook.kernel.log.UsageLog;
import io.tollbook.kernel.performance.SlowestCalls;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.query.readmodel.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SortField;
import org.springframework.stereotype.Component;

/** Answers what happened, row by row. Names are the present ones. */
@Component
class LogQueries {
    /** From here on a page's first row is looked up in an index before any row is read. */
    private static final int DEEP = 1_000;

    private final DSLContext views;
    private final LogConditions conditions;
    private final LogCount count;
    private final SlowHours slowest;

    LogQueries(DSLContext views) {
        this.views = views;
        conditions = new LogConditions(views);
        count = new LogCount(views);
        slowest = new SlowHours(views, conditions);
    }

    @QueryHandler
    Page<LogRow> handle(UsageLog query) {
        Condition condition = conditions.rows(query.filter());
        Paging paging = query.paging();
        return page(
                paging,
                told(query.filter(), page(condition, paging.offset(), paging.limit() + 1)),
                () -> count.of(condition));
    }

    /**
     * One that nothing follows is the last, so there is nothing left to count. Behind any other there is at least a row more,
     * whatever PostgreSQL expects: nobody may be told that a list ends where it goes on.
     *
     * @param oneMore its rows, and the next if there is one
     */
    static Page<LogRow> page(Paging paging, List<LogRow> oneMore, Supplier<LogCount.Counted> count) {
        boolean goesOn = oneMore.size() > paging.limit();
        List<LogRow> rows = goesOn ? oneMore.subList(0, paging.limit()) : oneMore;
        long end = paging.offset() + rows.size();
        if (!goesOn && (end == 0 || !rows.isEmpty())) return new Page<>(rows, end);
        LogCount.Counted counted = count.get();
        return new Page<>(rows, Math.max(goesOn ? end + 1 : 0, counted.rows()), counted.isExact());
    }

    @QueryHandler
    List<LogRow> handle(LogRowsBefore query) {
        Condition condition = conditions.rows(query.filter());
        if (query.before() != Long.MAX_VALUE) condition = condition.and(USAGE_LOG.POSITION.lt(query.before()));
        return told(query.filter(), page(condition, 0, query.limit()));
    }

    /** Whoever may ask for one user's rows only may be that user, who learns no cost. */
    private static List<LogRow> told(LogFilter filter, List<LogRow> rows) {
        return filter.user() == null
                ? rows
                : rows.stream().map(LogRow::withoutCosts).toList();
    }

    /** However deep the page lies, only its own rows are read whole; what is skipped is skipped in an index. */
    private List<LogRow> page(Condition condition, long offset, int limit) {
        if (offset < DEEP) return rows(condition, offset, limit);
        Long first = views.select(USAGE_LOG.POSITION)
                .from(USAGE_LOG)
                .where(condition)
                .orderBy(USAGE_LOG.POSITION.desc())
                .offset(offset)
                .limit(1)
                .fetchOne(USAGE_LOG.POSITION);
        return first == null ? List.of() : rows(condition.and(USAGE_LOG.POSITION.le(first)), 0, limit);
    }

    private List<LogRow> rows(Condition condition, long offset, int limit) {
        return rows(condition, USAGE_LOG.POSITION.desc(), offset, limit);
    }

    private List<LogRow> rows(Condition condition, SortField<?> order, long offset, int limit) {
        var page = views.select()
                .from(USAGE_LOG)
                .where(condition)
                .orderBy(order, USAGE_LOG.POSITION.desc())
                .offset(offset)
                .limit(limit)
                .asTable(USAGE_LOG);
        return views.select()
                .from(page)
                .leftJoin(USER_PROFILE)
                .on(USER_PROFILE.ID.coerce(Long.class).eq(page.field(USAGE_LOG.USER_ID)))
                .leftJoin(TOKEN)
                .on(TOKEN.ID.coerce(Long.class).eq(page.field(USAGE_LOG.TOKEN)))
                .leftJoin(CHANNEL)
                .on(CHANNEL.ID.coerce(Long.class).eq(page.field(USAGE_LOG.CHANNEL)))
                .orderBy(page.field(USAGE_LOG.POSITION).desc())
                .fetch(LogQueries::row);
    }

    @QueryHandler
    List<LogRow> handle(SlowestCalls query) {
        List<LogRow> rows =
                new ArrayList<>(rows(slowest.among(query), USAGE_LOG.TOTAL_MILLIS.desc(), 0, query.limit()));
        rows.sort(Comparator.comparingLong(LogRow::totalMillis)
                .thenComparingLong(LogRow::position)
                .reversed());
        return rows;
    }

    @QueryHandler
    Map<Long, LogOperation> handle(LogOperations query) {
        Map<Long, Operation> operations = new HashMap<>();
        views.select(USAGE_LOG.POSITION, USAGE_LOG.OPERATION)
                .from(USAGE_LOG)
                .where(USAGE_LOG.POSITION.in(query.positions()))
                .and(USAGE_LOG.OPERATION.isNotNull())
                .forEach(row -> operations.put(row.value1(), Json.read(row.value2(), Operation.class)));
        Map<Long, String> names = new HashMap<>();
        views.select(USER_PROFILE.ID.coerce(Long.class), USER_PROFILE.USERNAME)
                .from(USER_PROFILE)
                .where(USER_PROFILE
                        .ID
                        .coerce(Long.class)
                        .in(operations.values().stream().map(Operation::actor).toList()))
                .forEach(row -> names.put(row.value1(), row.value2()));
        Map<Long, LogOperation> answer = new HashMap<>();
        operations.forEach((position, operation) -> answer.put(position, operation.named(names)));
        return answer;
    }

    private static LogRow row(Record row) {
        String username = row.get(USER_PROFILE.USERNAME);
        String channelName = row.get(CHANNEL.NAME);
        return new LogRow(
                row.get(USAGE_LOG.POSITION),
                LogKind.of(row.get(USAGE_LOG.KIND)),
                row.get(USAGE_LOG.AT),
                row.get(USAGE_LOG.USER_ID),
                username == null ? "" : username,
                row.get(USAGE_LOG.TOKEN),
                tokenName(row),
                row.get(USAGE_LOG.MODEL),
                row.get(USAGE_LOG.MODEL_GROUP),
                row.get(USAGE_LOG.CHANNEL),
                channelName == null ? "" : channelName,
                row.get(USAGE_LOG.QUOTA),
                CallTexts.meters(row.get(USAGE_LOG.METERS)),
                row.get(USAGE_LOG.PRICE_VERSION),
                row.get(USAGE_LOG.PROVENANCE),
                row.get(USAGE_LOG.STREAM),
                row.get(USAGE_LOG.FIRST_BYTE_MILLIS),
                row.get(USAGE_LOG.TOTAL_MILLIS),
                row.get(USAGE_LOG.REQUEST),
                row.get(USAGE_LOG.UPSTREAM_REQUEST),
                CallTexts.attempts(row.get(USAGE_LOG.ATTEMPTS)),
                row.get(USAGE_LOG.CONTENT));
    }

    /** A call without a key was made by its user, signed in. One that was turned away without telling a user has neither. */
    private static String tokenName(Record row) {
        String name = row.get(TOKEN.NAME);
        if (name != null) return name;
        LogKind kind = LogKind.of(row.get(USAGE_LOG.KIND));
        boolean isCall = kind == LogKind.CONSUME || kind == LogKind.ERROR;
        return isCall && row.get(USAGE_LOG.TOKEN) == 0 && row.get(USAGE_LOG.USER_ID) != 0 ? TokenId.SESSION_NAME : "";
    }
}
