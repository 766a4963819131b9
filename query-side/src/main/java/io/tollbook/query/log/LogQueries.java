package io.tollbook.query.log;

import static io.tollbook.query.schema.Tables.CHANNEL;
import static io.tollbook.query.schema.Tables.TOKEN;
import static io.tollbook.query.schema.Tables.USAGE_LOG;
import static io.tollbook.query.schema.Tables.USER_PROFILE;

import io.tollbook.kernel.Page;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogOperation;
import io.tollbook.kernel.log.LogOperations;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.log.LogStatistics;
import io.tollbook.kernel.log.LogStatisticsOf;
import io.tollbook.kernel.log.UsageLog;
import io.tollbook.query.readmodel.Json;
import io.tollbook.query.readmodel.Patterns;
import io.tollbook.query.readmodel.StoredEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers what happened, row by row and in sums. Names are the present ones. */
@Component
class LogQueries {
    /** Beyond this a total is no longer worth counting for a page's footer. */
    private static final int COUNT_MAX = 100_000;

    /** How far the times of neighbouring positions may be out of order when several nodes write. */
    private static final Duration OUT_OF_ORDER = Duration.ofMinutes(1);

    private static final Duration LONGEST_CALL = Duration.ofHours(1);
    private static final Pattern TIMED_REQUEST = Pattern.compile("[0-9a-f]{27}");

    private final DSLContext views;

    LogQueries(DSLContext views) {
        this.views = views;
    }

    @QueryHandler
    Page<LogRow> handle(UsageLog query) {
        Condition condition = inRange(nearRequest(query.filter()));
        var page = views.select()
                .from(USAGE_LOG)
                .where(condition)
                .orderBy(USAGE_LOG.POSITION.desc())
                .offset(query.paging().offset())
                .limit(query.paging().limit())
                .asTable(USAGE_LOG);
        List<LogRow> rows = views.select()
                .from(page)
                .leftJoin(USER_PROFILE)
                .on(USER_PROFILE.ID.coerce(Long.class).eq(page.field(USAGE_LOG.USER_ID)))
                .leftJoin(TOKEN)
                .on(TOKEN.ID.coerce(Long.class).eq(page.field(USAGE_LOG.TOKEN)))
                .leftJoin(CHANNEL)
                .on(CHANNEL.ID.coerce(Long.class).eq(page.field(USAGE_LOG.CHANNEL)))
                .orderBy(page.field(USAGE_LOG.POSITION).desc())
                .fetch(LogQueries::row);
        int total = views.fetchCount(
                views.selectOne().from(USAGE_LOG).where(condition).limit(COUNT_MAX));
        return new Page<>(rows, total);
    }

    @QueryHandler
    LogStatistics handle(LogStatisticsOf query) {
        LogFilter filter = nearRequest(query.filter());
        Instant minuteAgo = Instant.now().minusSeconds(60);
        Quota quota = Quota.of(views.select(DSL.coalesce(
                        DSL.sum(USAGE_LOG.QUOTA.coerce(Long.class)), DSL.inline(java.math.BigDecimal.ZERO)))
                .from(USAGE_LOG)
                .where(inRange(filter))
                .and(USAGE_LOG.KIND.eq((short) LogKind.CONSUME.number()))
                .fetchSingle()
                .value1()
                .longValueExact());
        return views.select(
                        DSL.count(),
                        DSL.coalesce(
                                DSL.sum(USAGE_LOG.PROMPT_TOKENS.plus(USAGE_LOG.COMPLETION_TOKENS)),
                                DSL.inline(java.math.BigDecimal.ZERO)))
                .from(USAGE_LOG)
                .where(condition(filter))
                .and(USAGE_LOG.KIND.eq((short) LogKind.CONSUME.number()))
                .and(since(minuteAgo))
                .fetchSingle(row ->
                        new LogStatistics(quota, row.value1(), row.value2().longValueExact()));
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

    /**
     * A request's id begins with its time, so its row is looked for from there to the end of the longest call, if it is
     * there at all. The id is not indexed: each call would pay for it.
     */
    private LogFilter nearRequest(LogFilter filter) {
        String request = filter.request();
        if (request == null || filter.from() != null || filter.to() != null) return filter;
        if (!TIMED_REQUEST.matcher(request).matches()) return filter;
        Instant start = Instant.ofEpochMilli(Long.parseLong(request.substring(0, 11), 16));
        LogFilter near = new LogFilter(
                filter.kind(),
                filter.user(),
                start.minus(OUT_OF_ORDER),
                start.plus(LONGEST_CALL),
                filter.model(),
                filter.tokenName(),
                filter.username(),
                filter.group(),
                filter.channel(),
                request,
                filter.upstreamRequest());
        return views.fetchExists(views.selectOne().from(USAGE_LOG).where(inRange(near))) ? near : filter;
    }

    /** Rows in the filter's time. */
    private Condition inRange(LogFilter filter) {
        Condition condition = condition(filter);
        if (filter.from() != null) condition = condition.and(since(filter.from()));
        if (filter.to() != null) condition = condition.and(until(filter.to()));
        return condition;
    }

    /** The time itself has no index; positions rise with it, so they say where to look. */
    private Condition since(Instant from) {
        return USAGE_LOG
                .AT
                .ge(from)
                .and(USAGE_LOG.POSITION.gt(StoredEvents.lastBefore(views, from.minus(OUT_OF_ORDER))));
    }

    private Condition until(Instant to) {
        Condition condition = USAGE_LOG.AT.le(to);
        Instant surelyLater = to.plus(OUT_OF_ORDER);
        if (surelyLater.isAfter(Instant.now())) return condition;
        return condition.and(USAGE_LOG.POSITION.le(StoredEvents.lastBefore(views, surelyLater)));
    }

    private static Condition condition(LogFilter filter) {
        Condition condition = DSL.noCondition();
        if (filter.kind() != LogKind.ALL)
            condition = condition.and(USAGE_LOG.KIND.eq((short) filter.kind().number()));
        if (filter.user() != null)
            condition = condition.and(USAGE_LOG.USER_ID.eq(filter.user().value()));
        condition = condition.and(Patterns.matches(USAGE_LOG.MODEL, filter.model()));
        if (given(filter.tokenName()))
            condition = condition.and(USAGE_LOG.TOKEN.in(DSL.select(TOKEN.ID.coerce(Long.class))
                    .from(TOKEN)
                    .where(Patterns.matches(TOKEN.NAME, filter.tokenName()))));
        if (given(filter.username()))
            condition = condition.and(USAGE_LOG.USER_ID.in(DSL.select(USER_PROFILE.ID.coerce(Long.class))
                    .from(USER_PROFILE)
                    .where(Patterns.matches(USER_PROFILE.USERNAME, filter.username()))));
        if (given(filter.group())) condition = condition.and(USAGE_LOG.MODEL_GROUP.eq(filter.group()));
        if (filter.channel() != null)
            condition = condition.and(USAGE_LOG.CHANNEL.eq(filter.channel().value()));
        if (given(filter.request())) condition = condition.and(USAGE_LOG.REQUEST.eq(filter.request()));
        if (given(filter.upstreamRequest()))
            condition = condition.and(USAGE_LOG.UPSTREAM_REQUEST.eq(filter.upstreamRequest()));
        return condition;
    }

    private static boolean given(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static LogRow row(Record row) {
        String username = row.get(USER_PROFILE.USERNAME);
        String tokenName = row.get(TOKEN.NAME);
        String channelName = row.get(CHANNEL.NAME);
        return new LogRow(
                row.get(USAGE_LOG.POSITION),
                LogKind.of(row.get(USAGE_LOG.KIND)),
                row.get(USAGE_LOG.AT),
                row.get(USAGE_LOG.USER_ID),
                username == null ? "" : username,
                row.get(USAGE_LOG.TOKEN),
                tokenName == null ? "" : tokenName,
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
}
