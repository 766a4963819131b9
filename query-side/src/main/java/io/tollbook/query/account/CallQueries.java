package io.tollbook.query.account;

import static io.tollbook.query.schema.Tables.CHANNEL;
import static io.tollbook.query.schema.Tables.HOURLY_USAGE;
import static io.tollbook.query.schema.Tables.OPEN_HOLD;
import static io.tollbook.query.schema.Tables.QUARANTINED_CALL;
import static io.tollbook.query.schema.Tables.TOKEN;
import static io.tollbook.query.schema.Tables.UNRESOLVED_CALL;
import static io.tollbook.query.schema.Tables.USER_PROFILE;

import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.CallFilter;
import io.tollbook.kernel.account.CallNames;
import io.tollbook.kernel.account.ChargeProposal;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.ListedHold;
import io.tollbook.kernel.account.OpenHolds;
import io.tollbook.kernel.account.QuarantinedCall;
import io.tollbook.kernel.account.QuarantinedCalls;
import io.tollbook.kernel.account.QuarantinedUsage;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.Resolution;
import io.tollbook.kernel.account.UnresolvedCall;
import io.tollbook.kernel.account.UnresolvedCalls;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.readmodel.Json;
import io.tollbook.query.readmodel.Patterns;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers which calls are open, unresolved or quarantined, with names as they are now. */
@Component
class CallQueries {
    private static final Duration RECENTLY = Duration.ofDays(30);
    private static final Field<@Nullable String> ADMINISTRATOR = DSL.field(DSL.name("administrator"), String.class);

    private final DSLContext views;

    CallQueries(DSLContext views) {
        this.views = views;
    }

    /** The columns that each of the three tables has, to filter by and to find names with. */
    private record Columns(
            Table<?> table,
            Field<AccountId> account,
            Field<String> hold,
            Field<UserId> user,
            Field<TokenId> token,
            Field<String> model,
            Field<ChannelId> channel) {}

    private static final Columns OPEN = new Columns(
            OPEN_HOLD,
            OPEN_HOLD.ACCOUNT,
            OPEN_HOLD.HOLD,
            OPEN_HOLD.USER_ID,
            OPEN_HOLD.TOKEN,
            OPEN_HOLD.MODEL,
            OPEN_HOLD.CHANNEL);
    private static final Columns UNRESOLVED = new Columns(
            UNRESOLVED_CALL,
            UNRESOLVED_CALL.ACCOUNT,
            UNRESOLVED_CALL.HOLD,
            UNRESOLVED_CALL.USER_ID,
            UNRESOLVED_CALL.TOKEN,
            UNRESOLVED_CALL.MODEL,
            UNRESOLVED_CALL.CHANNEL);
    private static final Columns QUARANTINED = new Columns(
            QUARANTINED_CALL,
            QUARANTINED_CALL.ACCOUNT,
            QUARANTINED_CALL.HOLD,
            QUARANTINED_CALL.USER_ID,
            QUARANTINED_CALL.TOKEN,
            QUARANTINED_CALL.MODEL,
            QUARANTINED_CALL.CHANNEL);

    @QueryHandler
    Page<ListedHold> handle(OpenHolds query) {
        Condition condition = condition(OPEN, query.filter());
        return new Page<>(
                rows(OPEN, condition, query.paging(), List.of(), OPEN_HOLD.HELD_AT.asc(), OPEN_HOLD.HOLD.asc()).stream()
                        .map(row -> new ListedHold(AccountQueries.hold(row), names(OPEN, row)))
                        .toList(),
                views.fetchCount(OPEN_HOLD, condition));
    }

    @QueryHandler
    Page<UnresolvedCall> handle(UnresolvedCalls query) {
        Condition condition = condition(UNRESOLVED, query.filter())
                .and(query.decided() ? UNRESOLVED_CALL.RESOLUTION.isNotNull() : UNRESOLVED_CALL.RESOLUTION.isNull());
        SortField<?> order = query.decided() ? UNRESOLVED_CALL.RESOLVED_AT.desc() : UNRESOLVED_CALL.RELEASED_AT.asc();
        var administrators = USER_PROFILE.as("a");
        Field<?> administrator = DSL.field(DSL.select(administrators.USERNAME)
                        .from(administrators)
                        .where(administrators.ID.coerce(Long.class).eq(UNRESOLVED_CALL.RESOLVED_BY)))
                .as(ADMINISTRATOR);
        return new Page<>(
                rows(UNRESOLVED, condition, query.paging(), List.of(administrator), order, UNRESOLVED_CALL.HOLD.asc())
                        .stream()
                        .map(CallQueries::unresolved)
                        .toList(),
                views.fetchCount(UNRESOLVED_CALL, condition));
    }

    @QueryHandler
    Page<QuarantinedCall> handle(QuarantinedCalls query) {
        Condition condition = condition(QUARANTINED, query.filter());
        if (query.fault() != null)
            condition = condition.and(QUARANTINED_CALL.FAULT.eq(query.fault().name()));
        return new Page<>(
                rows(
                                QUARANTINED,
                                condition,
                                query.paging(),
                                List.of(),
                                QUARANTINED_CALL.SETTLED_AT.desc(),
                                QUARANTINED_CALL.HOLD.asc())
                        .stream()
                        .map(CallQueries::quarantined)
                        .toList(),
                views.fetchCount(QUARANTINED_CALL, condition));
    }

    @QueryHandler
    Quota handle(ChargeProposal query) {
        Record call = views.select(
                        UNRESOLVED_CALL.USER_ID,
                        UNRESOLVED_CALL.MODEL,
                        UNRESOLVED_CALL.AMOUNT,
                        UNRESOLVED_CALL.RELEASED_AT)
                .from(UNRESOLVED_CALL)
                .where(UNRESOLVED_CALL.HOLD.eq(query.hold().value()))
                .fetchOptional()
                .orElseThrow(() -> new Refused(Refusal.HOLD_UNKNOWN, "There is no unresolved call of that name."));
        Quota held = call.get(UNRESOLVED_CALL.AMOUNT);
        Instant until = call.get(UNRESOLVED_CALL.RELEASED_AT);
        Condition alike = HOURLY_USAGE
                .MODEL
                .eq(call.get(UNRESOLVED_CALL.MODEL))
                .and(HOURLY_USAGE.HOUR.between(until.minus(RECENTLY), until));
        long user = call.get(UNRESOLVED_CALL.USER_ID).value();
        Quota average = average(alike.and(HOURLY_USAGE.USER_ID.eq(user)));
        if (average == null) average = average(alike);
        return average == null ? held : average.min(held);
    }

    /** Rounded down, so that nobody pays for a guess; null where there is nothing to learn from. */
    private @Nullable Quota average(Condition condition) {
        return views.select(
                        DSL.coalesce(DSL.sum(HOURLY_USAGE.QUOTA.coerce(Long.class)), BigDecimal.ZERO),
                        DSL.coalesce(DSL.sum(HOURLY_USAGE.CALLS), BigDecimal.ZERO))
                .from(HOURLY_USAGE)
                .where(condition)
                .fetchSingle(row -> {
                    BigInteger calls = row.value2().toBigIntegerExact();
                    if (calls.signum() == 0) return null;
                    return Quota.of(
                            row.value1().toBigIntegerExact().divide(calls).longValueExact());
                });
    }

    private List<? extends Record> rows(
            Columns columns, Condition condition, Paging paging, List<Field<?>> more, SortField<?>... order) {
        return views.select(columns.table.fields())
                .select(USER_PROFILE.USERNAME, TOKEN.NAME, CHANNEL.NAME)
                .select(more)
                .from(columns.table)
                .leftJoin(USER_PROFILE)
                .on(USER_PROFILE.ID.eq(columns.user))
                .leftJoin(TOKEN)
                .on(TOKEN.ID.eq(columns.token))
                .leftJoin(CHANNEL)
                .on(CHANNEL.ID.eq(columns.channel))
                .where(condition)
                .orderBy(order) // A total order: pages never overlap.
                .offset(paging.offset())
                .limit(paging.limit())
                .fetch();
    }

    private static Condition condition(Columns columns, CallFilter filter) {
        Condition condition = Patterns.matches(columns.model, filter.model());
        if (filter.account() != null) condition = condition.and(columns.account.eq(filter.account()));
        if (filter.hold() != null)
            condition = condition.and(columns.hold.eq(filter.hold().value()));
        if (filter.channel() != null) condition = condition.and(columns.channel.eq(filter.channel()));
        if (filter.username() != null && !filter.username().isBlank())
            condition = condition.and(columns.user.in(DSL.select(USER_PROFILE.ID)
                    .from(USER_PROFILE)
                    .where(Patterns.matches(USER_PROFILE.USERNAME, filter.username()))));
        return condition;
    }

    private static CallNames names(Columns columns, Record row) {
        return new CallNames(
                Objects.requireNonNullElse(row.get(USER_PROFILE.USERNAME), ""),
                Objects.requireNonNullElse(
                        row.get(TOKEN.NAME), row.get(columns.token).isSession() ? TokenId.SESSION_NAME : ""),
                Objects.requireNonNullElse(row.get(CHANNEL.NAME), ""));
    }

    private static UnresolvedCall unresolved(Record row) {
        String resolution = row.get(UNRESOLVED_CALL.RESOLUTION);
        return new UnresolvedCall(
                row.get(UNRESOLVED_CALL.ACCOUNT),
                new HoldId(row.get(UNRESOLVED_CALL.HOLD)),
                row.get(UNRESOLVED_CALL.USER_ID),
                row.get(UNRESOLVED_CALL.TOKEN),
                row.get(UNRESOLVED_CALL.MODEL),
                row.get(UNRESOLVED_CALL.CHANNEL),
                row.get(UNRESOLVED_CALL.AMOUNT),
                row.get(UNRESOLVED_CALL.RELEASED_AT),
                resolution == null
                        ? null
                        : new UnresolvedCall.Decision(
                                Resolution.valueOf(resolution),
                                row.get(UNRESOLVED_CALL.CHARGED),
                                row.get(UNRESOLVED_CALL.RESOLVED_BY),
                                Objects.requireNonNullElse(row.get(ADMINISTRATOR), ""),
                                row.get(UNRESOLVED_CALL.REASON),
                                row.get(UNRESOLVED_CALL.RESOLVED_AT)),
                names(UNRESOLVED, row));
    }

    private static QuarantinedCall quarantined(Record row) {
        return new QuarantinedCall(
                row.get(QUARANTINED_CALL.ACCOUNT),
                new HoldId(row.get(QUARANTINED_CALL.HOLD)),
                row.get(QUARANTINED_CALL.USER_ID),
                row.get(QUARANTINED_CALL.TOKEN),
                row.get(QUARANTINED_CALL.MODEL),
                row.get(QUARANTINED_CALL.CHANNEL),
                row.get(QUARANTINED_CALL.HELD),
                row.get(QUARANTINED_CALL.CHARGED),
                Json.read(row.get(QUARANTINED_CALL.USAGE), QuarantinedUsage.class),
                row.get(QUARANTINED_CALL.UPSTREAM_REQUEST),
                row.get(QUARANTINED_CALL.SETTLED_AT),
                names(QUARANTINED, row));
    }
}
