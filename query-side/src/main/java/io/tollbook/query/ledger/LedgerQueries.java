package io.tollbook.query.ledger;

import static io.tollbook.query.readmodel.StoredEvents.EVENT;
import static io.tollbook.query.readmodel.StoredEvents.POSITION;
import static io.tollbook.query.readmodel.StoredEvents.RECORDED_AT;
import static io.tollbook.query.readmodel.StoredEvents.STREAM;
import static io.tollbook.query.schema.Tables.LOT;

import io.tollbook.kernel.Page;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.ledger.Cutoff;
import io.tollbook.kernel.ledger.LedgerPosition;
import io.tollbook.kernel.ledger.LedgerPositionOf;
import io.tollbook.kernel.ledger.LotSummary;
import io.tollbook.kernel.ledger.LotsOf;
import io.tollbook.kernel.ledger.TrialBalance;
import io.tollbook.kernel.ledger.TrialBalanceAsOf;
import io.tollbook.query.readmodel.StoredEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers what the ledger says, now and of any past moment. */
@Component
class LedgerQueries {
    private static final Condition OPEN = LOT.AVAILABLE.ne(Quota.ZERO).or(LOT.HELD.ne(Quota.ZERO));
    private static final Field<Boolean> IS_OPEN = DSL.field(OPEN);
    private static final Field<Boolean> IS_PAID = DSL.field(LOT.LOT_CLASS.eq(LotClass.PAID.name()));
    private static final Field<Integer> PLACE = DSL.rowNumber()
            .over(DSL.orderBy(IS_OPEN.desc(), LOT.PRIORITY, LOT.EXPIRES_AT.asc().nullsLast(), IS_PAID, LOT.LOT_ORDER));

    private final DSLContext views;
    private final StoredAccountEvents events;

    LedgerQueries(DSLContext views, StoredAccountEvents events) {
        this.views = views;
        this.events = events;
    }

    @QueryHandler
    LedgerPosition handle(LedgerPositionOf query) {
        LedgerPosition found = find(query);
        AccountId account = query.account();
        // When somebody else did something is nobody's business: an account's own last event says the time.
        return account == null ? found : new LedgerPosition(found.position(), lastOf(account, found.position()));
    }

    private @Nullable Instant lastOf(AccountId account, long position) {
        return views.select(DSL.max(RECORDED_AT))
                .from(EVENT)
                .where(STREAM.eq(account.toString()))
                .and(POSITION.le(position))
                .fetchOptional(row -> row.value1() == null ? null : row.value1().toInstant())
                .orElse(null);
    }

    private LedgerPosition find(LedgerPositionOf query) {
        long newest = newest();
        Cutoff cutoff = query.cutoff();
        if (cutoff.position() != null) {
            if (cutoff.position() > newest)
                throw Refused.invalid(
                        "The newest event has position " + newest + "; there is no " + cutoff.position() + " yet.");
            return at(cutoff.position());
        }
        // What was recorded at that very moment counts; the store knows microseconds.
        if (cutoff.moment() != null) return at(Math.min(newest, lastBefore(next(cutoff.moment()))));
        return at(newest);
    }

    private static Instant next(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
    }

    private long newest() {
        return views.select(DSL.coalesce(DSL.max(POSITION), 0L)).from(EVENT).fetchSingle(0, long.class);
    }

    long lastBefore(Instant moment) {
        return StoredEvents.lastBefore(views, moment);
    }

    LedgerPosition at(long position) {
        return views.select(RECORDED_AT)
                .from(EVENT)
                .where(POSITION.eq(position))
                .fetchOptional(row -> new LedgerPosition(position, row.value1().toInstant()))
                .orElseGet(() -> new LedgerPosition(position, null));
    }

    @QueryHandler
    TrialBalance handle(TrialBalanceAsOf query) {
        if (query.cutoff().equals(Cutoff.NOW)) return TrialBalanceRow.read(views);
        LedgerPosition at = handle(new LedgerPositionOf(null, query.cutoff()));
        LedgerReplay replay = new LedgerReplay((holder, ledger) -> {});
        try {
            events.byAccount(at.position(), replay);
            replay.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return replay.trialBalance(at);
    }

    @QueryHandler
    Page<LotSummary> handle(LotsOf query) {
        Condition condition = LOT.ACCOUNT.eq(query.account());
        if (!query.emptyToo()) condition = condition.and(OPEN);
        return new Page<>(
                views.select(DSL.asterisk(), PLACE.as("place"))
                        .from(LOT)
                        .where(condition)
                        .orderBy(
                                IS_OPEN.desc(),
                                DSL.when(OPEN, PLACE.cast(Long.class)).otherwise(LOT.LOT_ORDER.neg()))
                        .offset(query.paging().offset())
                        .limit(query.paging().limit())
                        .fetch(LedgerQueries::lot),
                views.fetchCount(LOT, condition));
    }

    private static LotSummary lot(Record row) {
        Quota left = row.get(LOT.AVAILABLE);
        Quota held = row.get(LOT.HELD);
        Long price = row.get(LOT.PRICE);
        return new LotSummary(
                row.get(LOT.ACCOUNT),
                new LotId(row.get(LOT.LOT_)),
                LotClass.valueOf(row.get(LOT.LOT_CLASS)),
                price == null ? null : new Money(price, row.get(LOT.CURRENCY)),
                row.get(LOT.RELEASED),
                Quota.of(row.get(LOT.GRANTED)),
                Quota.of(row.get(LOT.REPAID)),
                Quota.of(row.get(LOT.SPENT)),
                Quota.of(row.get(LOT.EXPIRED)),
                Quota.of(row.get(LOT.TAKEN)),
                left,
                held,
                row.get(LOT.PRIORITY),
                row.get(LOT.EXPIRES_AT),
                row.get(LOT.CAUSE),
                row.get(LOT.GRANTED_AT),
                left.isZero() && held.isZero() ? 0 : row.get("place", Long.class));
    }
}
