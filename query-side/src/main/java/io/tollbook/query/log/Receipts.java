package io.tollbook.query.log;

import static io.tollbook.query.readmodel.StoredEvents.EVENT;
import static io.tollbook.query.readmodel.StoredEvents.NAME;
import static io.tollbook.query.readmodel.StoredEvents.PAYLOAD;
import static io.tollbook.query.readmodel.StoredEvents.POSITION;
import static io.tollbook.query.readmodel.StoredEvents.RECORDED_AT;
import static io.tollbook.query.readmodel.StoredEvents.SEQUENCE;
import static io.tollbook.query.readmodel.StoredEvents.STREAM;
import static io.tollbook.query.readmodel.StoredEvents.VERSION;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.log.PaidFrom;
import io.tollbook.kernel.log.Receipt;
import io.tollbook.kernel.log.ReceiptOf;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PriceVersionByNumber;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.readmodel.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Receipts, read from the stored events: they say what was decided, in the words it was stored in, and cost a call nothing
 * while it is charged. Only what the lots are that paid is looked up in the ledger.
 */
@Component
class Receipts {
    private static final String HELD = "account.funds-held";

    private final DSLContext views;
    private final Messages messages;
    private final Funds funds;

    Receipts(DSLContext views, Messages messages, Funds funds) {
        this.views = views;
        this.messages = messages;
        this.funds = funds;
    }

    @QueryHandler
    Optional<Receipt> handle(ReceiptOf query) {
        return views.select(POSITION, STREAM, SEQUENCE, NAME, VERSION, RECORDED_AT, PAYLOAD)
                .from(EVENT)
                .where(POSITION.eq(query.position()))
                .and(NAME.eq(Funds.SETTLED))
                .fetchOptional()
                .flatMap(row -> receipt(query, row));
    }

    private Optional<Receipt> receipt(ReceiptOf query, Record row) {
        Map<?, ?> event = Json.read(row.get(PAYLOAD), Map.class);
        if (query.user() != null && query.user().value() != number(event, "user")) return Optional.empty();
        List<PaidFrom> paid = funds.of(event);
        return Optional.of(new Receipt(
                row.get(POSITION),
                Quota.of(number(event, "held")),
                Quota.of(number(event, "charged")),
                paid,
                Quota.of(number(event, "overdraft")),
                Quota.of(number(event, "available")),
                document(row, event, paid, query.user() == null)));
    }

    private static long number(Map<?, ?> event, String field) {
        return ((Number) event.get(field)).longValue();
    }

    /** Fields keep the names they have in the events, so that the receipt can be held against the book. */
    private String document(Record row, Map<?, ?> event, List<PaidFrom> paid, boolean forAdministrators) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("receipt", 1);
        document.put("event", stored(row));
        views.select(POSITION, STREAM, SEQUENCE, NAME, VERSION, RECORDED_AT, PAYLOAD)
                .from(EVENT)
                .where(STREAM.eq(row.get(STREAM)))
                .and(SEQUENCE.lt(row.get(SEQUENCE)))
                .and(NAME.eq(HELD))
                .and(PAYLOAD.contains("\"" + event.get("hold") + "\""))
                .orderBy(SEQUENCE.desc())
                .limit(1)
                .forEach(hold -> document.put("hold_event", stored(hold)));
        Map<String, Object> charge = new LinkedHashMap<>();
        event.forEach((field, value) -> charge.put((String) field, value));
        if (!forAdministrators) charge.put("attempts", withoutChannelsAndCosts(event));
        document.put("charge", charge);
        document.put("paid_from", paid.stream().map(Funds::told).toList());
        messages.ask(new PriceVersionByNumber(number(event, "priceVersion")), Actor.SYSTEM)
                .ifPresent(version -> document.put(
                        "prices", prices(event, version, forAdministrators ? null : userGroup(row, event))));
        document.put("quota_per_usd", Quota.UNITS_PER_USD);
        return Json.write(document);
    }

    private static Map<String, Object> stored(Record row) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("position", row.get(POSITION));
        event.put("stream", row.get(STREAM));
        event.put("sequence", row.get(SEQUENCE));
        event.put("name", row.get(NAME) + "." + row.get(VERSION));
        event.put("recorded_at", row.get(RECORDED_AT).toInstant().toString());
        return event;
    }

    private static List<Object> withoutChannelsAndCosts(Map<?, ?> event) {
        List<Object> attempts = new ArrayList<>();
        for (Object attempt : (List<?>) event.get("attempts")) {
            Map<Object, Object> copy = new LinkedHashMap<>((Map<?, ?>) attempt);
            copy.remove("channel");
            copy.remove("cost");
            attempts.add(copy);
        }
        return attempts;
    }

    /** The group that the user was in when the call was charged; empty if nobody knows. */
    private String userGroup(Record row, Map<?, ?> event) {
        return views
                .select(PAYLOAD)
                .from(EVENT)
                .where(STREAM.eq(new UserId(number(event, "user")).toString()))
                .and(NAME.in("user.registered", "user.changed"))
                .and(POSITION.lt(row.get(POSITION)))
                .orderBy(SEQUENCE.desc())
                .fetch(PAYLOAD)
                .stream()
                .map(payload -> Json.read(payload, Map.class).get("group"))
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .findFirst()
                .orElse("");
    }

    /**
     * The part of the price document that this charge is made of.
     *
     * @param onlyGroup the group of users whose own factor is shown, since those of others are nobody else's business; null
     *     for all
     */
    private static Map<String, Object> prices(Map<?, ?> event, PriceVersion version, @Nullable String onlyGroup) {
        Object model = event.get("model");
        Object group = event.get("group");
        Map<String, Object> prices = new LinkedHashMap<>();
        prices.put("version", version.version());
        prices.put("hash", version.hash());
        prices.put("published_at", version.at().toString());
        prices.put("rounding", version.document().rounding().name());
        version.document().price(String.valueOf(model)).ifPresent(price -> prices.put("model", price));
        if (version.document().groups().containsKey(group))
            prices.put("group_ratio", version.document().groups().get(group));
        Map<String, Object> overrides = new LinkedHashMap<>();
        version.document().groupOverrides().forEach((userGroup, ratios) -> {
            boolean shown = onlyGroup == null || onlyGroup.equals(userGroup);
            if (shown && ratios.containsKey(group)) overrides.put(userGroup, ratios.get(group));
        });
        if (!overrides.isEmpty()) prices.put("group_ratio_by_user_group", overrides);
        return prices;
    }
}
