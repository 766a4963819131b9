package io.tollbook.query.account;

import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.BookEntry;
import io.tollbook.kernel.account.BookOf;
import io.tollbook.kernel.account.BookSummary;
import io.tollbook.kernel.account.BookSummaryOf;
import io.tollbook.kernel.account.Quota;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The book: the stored events of one account, read straight from the store and from no read model. */
@Component
class BookQueries {
    private static final Table<Record> EVENT = DSL.table("events.event");
    private static final Field<Long> POSITION = DSL.field("position", Long.class);
    private static final Field<String> STREAM = DSL.field("stream", String.class);
    private static final Field<Long> SEQUENCE = DSL.field("sequence", Long.class);
    private static final Field<String> NAME = DSL.field("name", String.class);
    private static final Field<Integer> VERSION = DSL.field("version", Integer.class);
    private static final Field<OffsetDateTime> RECORDED_AT = DSL.field("recorded_at", OffsetDateTime.class);
    private static final Field<String> PAYLOAD = DSL.field("payload", String.class);
    private static final Field<String> METADATA = DSL.field("metadata", String.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DSLContext views;

    BookQueries(DSLContext views) {
        this.views = views;
    }

    @QueryHandler
    List<BookEntry> handle(BookOf query) {
        Condition condition = inBook(query.account(), query.asOf());
        if (!query.names().isEmpty()) condition = condition.and(NAME.in(query.names()));
        if (query.text() != null && !query.text().isBlank())
            condition = condition.and(PAYLOAD.containsIgnoreCase(query.text()));
        if (query.beforeSequence() != null) condition = condition.and(SEQUENCE.lt(query.beforeSequence()));
        return views.select(POSITION, SEQUENCE, NAME, VERSION, RECORDED_AT, PAYLOAD, METADATA)
                .from(EVENT)
                .where(condition)
                .orderBy(SEQUENCE.desc())
                .limit(Math.clamp(query.limit(), 1, 1_000))
                .fetch(BookQueries::entry);
    }

    private static Condition inBook(AccountId account, @Nullable Instant asOf) {
        Condition condition = STREAM.eq(account.toString());
        return asOf == null ? condition : condition.and(RECORDED_AT.le(asOf.atOffset(ZoneOffset.UTC)));
    }

    private static BookEntry entry(Record row) {
        JsonNode event = JSON.readTree(row.get(PAYLOAD));
        String name = row.get(NAME);
        return new BookEntry(
                row.get(POSITION),
                row.get(SEQUENCE),
                row.get(RECORDED_AT).toInstant(),
                name + "." + row.get(VERSION),
                Quota.of(change(name, event)),
                Quota.of(event.path("available").asLong(0)),
                event.has("hold") ? event.path("hold").asString() : null,
                summary(name, event),
                row.get(PAYLOAD),
                row.get(METADATA));
    }

    /** What an event did to the available balance. */
    private static long change(String name, JsonNode event) {
        long amount = event.path("amount").asLong(0);
        return switch (name) {
            case "account.quota-granted" ->
                amount - event.path("overdraftRepaid").asLong(0);
            case "account.quota-deducted", "account.funds-held", "account.lot-expired" -> -amount;
            case "account.hold-released" -> amount;
            case "account.usage-settled" ->
                event.path("held").asLong(0)
                        - event.path("charged").asLong(0)
                        + event.path("overdraft").asLong(0);
            default -> 0;
        };
    }

    private static String summary(String name, JsonNode event) {
        return switch (name) {
            case "account.opened" -> "Account opened";
            case "account.quota-granted" ->
                event.path("cause").asString("") + ", " + event.path("lotClass").asString("") + " lot";
            case "account.quota-deducted" -> "Taken by an administrator";
            case "account.token-limited" ->
                "Key " + event.path("token").asString("") + " limited to "
                        + event.path("remaining").asString("nothing, it may spend all");
            case "account.frozen" -> "Account frozen";
            case "account.unfrozen" -> "Account unfrozen";
            case "account.funds-held" -> "Held for " + event.path("model").asString("");
            case "account.usage-settled" ->
                event.path("model").asString("") + " charged "
                        + event.path("charged").asString("0") + ", "
                        + event.path("provenance").asString("").toLowerCase(java.util.Locale.ROOT);
            case "account.hold-released" ->
                "Hold for " + event.path("model").asString("") + " released: "
                        + event.path("cause").asString("");
            case "account.lot-expired" -> "Lot expired";
            default -> name;
        };
    }

    @QueryHandler
    BookSummary handle(BookSummaryOf query) {
        return views.select(
                        sum("account.quota-granted", "amount"),
                        sum("account.quota-deducted", "amount"),
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

    private static Field<Long> sum(String name, String field) {
        return DSL.field(
                "coalesce(sum((payload::jsonb ->> {0})::bigint) filter (where name = {1}), 0)::bigint",
                Long.class, DSL.inline(field), DSL.inline(name));
    }
}
