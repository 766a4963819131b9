package io.tollbook.query.account;

import static io.tollbook.query.readmodel.StoredEvents.EVENT;
import static io.tollbook.query.readmodel.StoredEvents.METADATA;
import static io.tollbook.query.readmodel.StoredEvents.NAME;
import static io.tollbook.query.readmodel.StoredEvents.PAYLOAD;
import static io.tollbook.query.readmodel.StoredEvents.POSITION;
import static io.tollbook.query.readmodel.StoredEvents.RECORDED_AT;
import static io.tollbook.query.readmodel.StoredEvents.SEQUENCE;
import static io.tollbook.query.readmodel.StoredEvents.STREAM;
import static io.tollbook.query.readmodel.StoredEvents.VERSION;

import io.tollbook.kernel.Paging;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.BookEntry;
import io.tollbook.kernel.account.BookOf;
import io.tollbook.kernel.account.BookSummary;
import io.tollbook.kernel.account.BookSummaryOf;
import io.tollbook.kernel.account.Quota;
import io.tollbook.query.readmodel.Costs;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The book: the stored events of one account, read straight from the store and from no read model. */
@Component
class BookQueries {
    /** Fields of a payload that people look for. A lot can also stand in a list of slices. */
    private static final List<String> SEARCHED = List.of("hold", "lot", "adjustment", "model", "cause");

    private final DSLContext views;

    BookQueries(DSLContext views) {
        this.views = views;
    }

    @QueryHandler
    List<BookEntry> handle(BookOf query) {
        int limit = Paging.first(query.limit()).limit();
        Condition condition = inBook(query.account(), query.asOf());
        if (!query.names().isEmpty()) condition = condition.and(NAME.in(query.names()));
        if (query.text() != null && !query.text().isBlank()) condition = condition.and(has(query.text()));
        if (query.beforeSequence() != null) condition = condition.and(SEQUENCE.lt(query.beforeSequence()));
        List<BookEntry> entries = new ArrayList<>();
        views.select(POSITION, SEQUENCE, NAME, VERSION, RECORDED_AT, PAYLOAD, METADATA)
                .from(EVENT)
                .where(condition)
                .orderBy(SEQUENCE.desc())
                .limit(limit)
                .forEach(row -> entries.add(entry(query, row)));
        return entries;
    }

    private static Condition inBook(AccountId account, @Nullable Instant asOf) {
        Condition condition = STREAM.eq(account.toString());
        return asOf == null ? condition : condition.and(RECORDED_AT.le(asOf.atOffset(ZoneOffset.UTC)));
    }

    /** The first test is cheap and lets few rows through to the others, which read the payload as JSON. */
    private static Condition has(String text) {
        Condition somewhere = DSL.noCondition();
        for (String field : SEARCHED) somewhere = somewhere.or(text(field).containsIgnoreCase(text));
        for (String slices : List.of("slices", "burned"))
            somewhere = somewhere.or(DSL.condition(
                    "exists (select from jsonb_array_elements(payload::jsonb -> {0}) s where s ->> 'lot' ilike {1})",
                    DSL.inline(slices), DSL.val("%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%")));
        return PAYLOAD.containsIgnoreCase(text).and(somewhere);
    }

    private static Field<String> text(String field) {
        return DSL.field("payload::jsonb ->> {0}", String.class, DSL.inline(field));
    }

    private BookEntry entry(BookOf query, Record row) {
        BookLine line = BookLine.of(row.get(NAME), row.get(PAYLOAD));
        return new BookEntry(
                row.get(POSITION),
                row.get(SEQUENCE),
                row.get(RECORDED_AT).toInstant(),
                row.get(NAME) + "." + row.get(VERSION),
                Quota.of(line.change()),
                Quota.of(
                        line.available() == null
                                ? availableBefore(query.account(), row.get(SEQUENCE))
                                : line.available()),
                line.hold(),
                line.summary(),
                query.withCosts() ? row.get(PAYLOAD) : Costs.withheld(row.get(PAYLOAD)),
                row.get(METADATA));
    }

    /** For the few events that move nothing and therefore do not say. */
    private long availableBefore(AccountId account, long sequence) {
        return views.select(PAYLOAD)
                .from(EVENT)
                .where(STREAM.eq(account.toString()))
                .and(SEQUENCE.lt(sequence))
                .and(NAME.in(BookLine.MOVING))
                .orderBy(SEQUENCE.desc())
                .limit(1)
                .fetchOptional(Record1::value1)
                .map(BookLine::availableIn)
                .orElse(0L);
    }

    @QueryHandler
    BookSummary handle(BookSummaryOf query) {
        return views.select(
                        sum("account.quota-granted", "amount"),
                        sum("account.quota-deducted", "amount")
                                .plus(sum("account.call-resolved", "charged"))
                                .minus(sum("account.call-reopened", "returned")),
                        sum("account.usage-settled", "charged"),
                        sum("account.lot-expired", "amount"),
                        sum("account.usage-settled", "overdraft"),
                        sum("account.quota-granted", "overdraftRepaid"),
                        sum("account.funds-held", "amount"),
                        sum("account.usage-settled", "held"),
                        sum("account.hold-released", "amount"),
                        DSL.count())
                .from(EVENT)
                .where(inBook(query.account(), query.asOf()))
                .fetchSingle(row -> {
                    long granted = row.value1();
                    long deducted = row.value2();
                    long charged = row.value3();
                    long expired = row.value4();
                    long overdraft = row.value5() - row.value6();
                    long held = row.value7() - row.value8() - row.value9();
                    long available = granted - deducted - charged - expired + overdraft - held;
                    return new BookSummary(
                            Quota.of(granted),
                            Quota.of(deducted),
                            Quota.of(charged),
                            Quota.of(expired),
                            Quota.of(overdraft),
                            Quota.of(held),
                            Quota.of(available),
                            row.value10());
                });
    }

    /** PostgreSQL sums 64-bit numbers without a limit; a sum that leaves 64 bits is an error, not another number. */
    private static Field<Long> sum(String name, String field) {
        return DSL.field(
                "coalesce(sum((payload::jsonb ->> {0})::bigint) filter (where name = {1}), 0)::bigint",
                Long.class, DSL.inline(field), DSL.inline(name));
    }
}
