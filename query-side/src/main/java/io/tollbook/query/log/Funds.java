package io.tollbook.query.log;

import static io.tollbook.query.readmodel.StoredEvents.EVENT;
import static io.tollbook.query.readmodel.StoredEvents.NAME;
import static io.tollbook.query.readmodel.StoredEvents.PAYLOAD;
import static io.tollbook.query.readmodel.StoredEvents.POSITION;
import static io.tollbook.query.schema.Tables.LOT;

import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.log.PaidFrom;
import io.tollbook.kernel.log.SourcesOfFunds;
import io.tollbook.query.readmodel.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which lots paid for calls. That stands in the stored events; what those lots are, in the ledger's lots, where neither the
 * class nor the price of one ever changes.
 */
@Component
class Funds {
    static final String SETTLED = "account.usage-settled";

    private final DSLContext views;

    Funds(DSLContext views) {
        this.views = views;
    }

    /** A lot is known by its account and its id. */
    private record Key(AccountId account, LotId lot) {}

    private record Slice(Key key, Quota amount) {}

    @QueryHandler
    Map<Long, List<PaidFrom>> handle(SourcesOfFunds query) {
        Map<Long, List<Slice>> slices = new HashMap<>();
        views.select(POSITION, PAYLOAD)
                .from(EVENT)
                .where(POSITION.in(query.positions()))
                .and(NAME.eq(SETTLED))
                .forEach(row -> slices.put(row.value1(), slices(Json.read(row.value2(), Map.class))));
        Map<Key, ? extends Record> lots =
                lots(slices.values().stream().flatMap(List::stream).toList());
        Map<Long, List<PaidFrom>> answer = new HashMap<>();
        slices.forEach((position, paid) -> answer.put(position, paidFrom(paid, lots)));
        return answer;
    }

    /** Of one charge, from its event as it is stored. */
    List<PaidFrom> of(Map<?, ?> settled) {
        List<Slice> slices = slices(settled);
        return paidFrom(slices, lots(slices));
    }

    private static List<Slice> slices(Map<?, ?> settled) {
        AccountId account = new AccountId(((Number) settled.get("account")).longValue());
        List<Slice> slices = new ArrayList<>();
        for (Object one : (List<?>) settled.get("burned")) {
            Map<?, ?> slice = (Map<?, ?>) one;
            slices.add(new Slice(
                    new Key(account, new LotId((String) slice.get("lot"))),
                    Quota.of(((Number) slice.get("amount")).longValue())));
        }
        return slices;
    }

    private Map<Key, ? extends Record> lots(List<Slice> slices) {
        if (slices.isEmpty()) return Map.of();
        return views.select(LOT.ACCOUNT, LOT.LOT_, LOT.LOT_CLASS, LOT.PRICE, LOT.CURRENCY, LOT.GRANTED, LOT.CAUSE)
                .from(LOT)
                .where(DSL.row(LOT.ACCOUNT, LOT.LOT_)
                        .in(slices.stream()
                                .map(Slice::key)
                                .distinct()
                                .map(key -> DSL.row(
                                        DSL.val(key.account(), LOT.ACCOUNT),
                                        DSL.val(key.lot().value(), LOT.LOT_)))
                                .toList()))
                .fetchMap(row -> new Key(row.get(LOT.ACCOUNT), new LotId(row.get(LOT.LOT_))), row -> row);
    }

    private static List<PaidFrom> paidFrom(List<Slice> slices, Map<Key, ? extends Record> lots) {
        return slices.stream().map(slice -> of(slice, lots.get(slice.key()))).toList();
    }

    private static PaidFrom of(Slice slice, @Nullable Record lot) {
        LotId id = slice.key().lot();
        // What no grant made is a fault of the books, and has no class that could be told.
        if (lot == null || lot.get(LOT.GRANTED) == 0)
            return new PaidFrom(id, null, null, Quota.ZERO, "", slice.amount());
        Long price = lot.get(LOT.PRICE);
        return new PaidFrom(
                id,
                LotClass.valueOf(lot.get(LOT.LOT_CLASS)),
                price == null ? null : new Money(price, lot.get(LOT.CURRENCY)),
                Quota.of(lot.get(LOT.GRANTED)),
                lot.get(LOT.CAUSE),
                slice.amount());
    }

    /** For files and programs. Money is written as a decimal in a text, since JSON's numbers are not exact everywhere. */
    static Map<String, Object> told(PaidFrom paid) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("lot", paid.lot().value());
        told.put("quota", paid.amount().units());
        if (paid.lotClass() == null) return told;
        told.put("lot_class", paid.lotClass().name().toLowerCase(Locale.ROOT));
        told.put("cause", paid.cause());
        told.put("granted", paid.granted().units());
        if (paid.price() != null) {
            told.put("price_paid", paid.price().decimal().stripTrailingZeros().toPlainString());
            told.put("currency", paid.price().currency());
        }
        return told;
    }
}
