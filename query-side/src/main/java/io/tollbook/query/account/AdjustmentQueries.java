package io.tollbook.query.account;

import static io.tollbook.query.schema.Tables.ADJUSTMENT;
import static io.tollbook.query.schema.Tables.BALANCE;
import static io.tollbook.query.schema.Tables.USER_PROFILE;

import io.tollbook.kernel.Page;
import io.tollbook.kernel.account.AdjustQuota;
import io.tollbook.kernel.account.AdjustmentState;
import io.tollbook.kernel.account.Adjustments;
import io.tollbook.kernel.account.ListedAdjustment;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.account.OverdueAdjustments;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.readmodel.Patterns;
import java.util.List;
import java.util.Objects;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers which changes of quota wait for a second person and how others ended, with names as they are now. */
@Component
class AdjustmentQueries {
    private static final int SWEEP_MAX = 1_000;
    private static final Condition WAITS = ADJUSTMENT.STATE.eq(DSL.inline(AdjustmentState.PENDING.name()));
    private static final Condition ENDED = ADJUSTMENT.STATE.ne(DSL.inline(AdjustmentState.PENDING.name()));
    private static final Field<@Nullable String> REQUESTER =
            name(ADJUSTMENT.REQUESTED_BY).as("requester");
    private static final Field<@Nullable String> DECIDER =
            name(ADJUSTMENT.DECIDED_BY).as("decider");

    private final DSLContext views;

    AdjustmentQueries(DSLContext views) {
        this.views = views;
    }

    private static Field<@Nullable String> name(Field<Long> user) {
        var people = USER_PROFILE.as("p");
        return DSL.field(DSL.select(people.USERNAME)
                .from(people)
                .where(people.ID.coerce(Long.class).eq(user)));
    }

    @QueryHandler
    Page<ListedAdjustment> handle(Adjustments query) {
        Condition condition = query.ended() ? ENDED : WAITS;
        if (query.account() != null) condition = condition.and(ADJUSTMENT.ACCOUNT.eq(query.account()));
        if (query.username() != null && !query.username().isBlank())
            condition = condition.and(ADJUSTMENT
                    .ACCOUNT
                    .coerce(Long.class)
                    .in(DSL.select(USER_PROFILE.ID.coerce(Long.class))
                            .from(USER_PROFILE)
                            .where(Patterns.matches(USER_PROFILE.USERNAME, query.username()))));
        OrderField<?> order = query.ended() ? ADJUSTMENT.DECIDED_AT.desc() : ADJUSTMENT.EXPIRES_AT.asc();
        return new Page<>(
                views.select(ADJUSTMENT.asterisk(), USER_PROFILE.USERNAME, BALANCE.AVAILABLE, REQUESTER, DECIDER)
                        .from(ADJUSTMENT)
                        .leftJoin(BALANCE)
                        .on(BALANCE.ACCOUNT.eq(ADJUSTMENT.ACCOUNT))
                        .leftJoin(USER_PROFILE)
                        .on(USER_PROFILE.ID.coerce(Long.class).eq(ADJUSTMENT.ACCOUNT.coerce(Long.class)))
                        .where(condition)
                        .orderBy(order, ADJUSTMENT.ADJUSTMENT_.asc())
                        .offset(query.paging().offset())
                        .limit(query.paging().limit())
                        .fetch(AdjustmentQueries::listed),
                views.fetchCount(ADJUSTMENT, condition));
    }

    private static ListedAdjustment listed(Record row) {
        Long price = row.get(ADJUSTMENT.PRICE);
        Quota now = row.get(BALANCE.AVAILABLE);
        return new ListedAdjustment(
                new LotId(row.get(ADJUSTMENT.ADJUSTMENT_)),
                row.get(ADJUSTMENT.ACCOUNT),
                Objects.requireNonNullElse(row.get(USER_PROFILE.USERNAME), ""),
                AdjustQuota.Mode.valueOf(row.get(ADJUSTMENT.MODE)),
                Quota.of(row.get(ADJUSTMENT.VALUE)),
                LotClass.valueOf(row.get(ADJUSTMENT.LOT_CLASS)),
                price == null ? null : new Money(price, row.get(ADJUSTMENT.CURRENCY)),
                Quota.of(row.get(ADJUSTMENT.CHANGE)),
                Quota.of(row.get(ADJUSTMENT.AVAILABLE_THEN)),
                now == null ? Quota.ZERO : now,
                new UserId(row.get(ADJUSTMENT.REQUESTED_BY)),
                Objects.requireNonNullElse(row.get(REQUESTER), ""),
                row.get(ADJUSTMENT.REASON),
                row.get(ADJUSTMENT.REQUESTED_AT),
                row.get(ADJUSTMENT.EXPIRES_AT),
                AdjustmentState.valueOf(row.get(ADJUSTMENT.STATE)),
                decision(row));
    }

    private static ListedAdjustment.@Nullable Decision decision(Record row) {
        if (row.get(ADJUSTMENT.DECIDED_AT) == null) return null;
        return new ListedAdjustment.Decision(
                row.get(ADJUSTMENT.DECIDED_BY),
                Objects.requireNonNullElse(row.get(DECIDER), ""),
                row.get(ADJUSTMENT.DECISION_REASON),
                row.get(ADJUSTMENT.DECIDED_AT),
                quota(row.get(ADJUSTMENT.BALANCE_BEFORE)),
                quota(row.get(ADJUSTMENT.BALANCE_AFTER)));
    }

    private static @Nullable Quota quota(@Nullable Long units) {
        return units == null ? null : Quota.of(units);
    }

    @QueryHandler
    List<LotId> handle(OverdueAdjustments query) {
        return views.select(ADJUSTMENT.ADJUSTMENT_)
                .from(ADJUSTMENT)
                .where(WAITS)
                .and(ADJUSTMENT.EXPIRES_AT.le(query.now()))
                .orderBy(ADJUSTMENT.EXPIRES_AT, ADJUSTMENT.ADJUSTMENT_)
                .limit(SWEEP_MAX)
                .fetch(row -> new LotId(row.value1()));
    }
}
