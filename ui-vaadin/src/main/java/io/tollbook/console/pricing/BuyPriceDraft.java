package io.tollbook.console.pricing;

import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Amounts;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.BuyPrice;
import io.tollbook.kernel.pricing.BuyPriceDocument;
import io.tollbook.kernel.pricing.BuyPriceOutlook;
import io.tollbook.kernel.pricing.BuyPriceSchedule;
import io.tollbook.kernel.pricing.BuyScope;
import io.tollbook.kernel.pricing.PublishBuyPrices;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The next version of the buy prices while root works on it. */
final class BuyPriceDraft implements Draft {
    static final String NOTE = "Why? A new contract, a provider's new list: whoever asks about a margin will read it.";

    private final BuyPriceSchedule seen;
    private final BuyPriceDocument base;
    private final Function<BuyScope, String> names;
    private BuyPriceDocument document;

    /** What tells one price from another. */
    private record Slot(BuyScope scope, String model) {
        static Slot of(BuyPrice price) {
            return new Slot(price.scope(), price.model());
        }
    }

    /** @param names what people call the channels that a price is for */
    BuyPriceDraft(BuyPriceSchedule schedule, Function<BuyScope, String> names) {
        seen = schedule;
        base = schedule.inForce() == null
                ? BuyPriceDocument.NONE
                : schedule.inForce().document().from(null);
        this.names = names;
        document = base;
    }

    List<BuyPrice> prices() {
        return document.prices();
    }

    Map<String, BigDecimal> tools() {
        return document.tools();
    }

    void tools(Map<String, BigDecimal> prices) {
        document = document.withTools(prices);
    }

    /**
     * @param before what it was until now; null for a new one
     * @throws Refused if there is another for the same
     */
    void put(@Nullable BuyPrice before, BuyPrice price) {
        List<BuyPrice> changed = new ArrayList<>(document.prices());
        if (before != null) changed.remove(before);
        changed.add(price);
        document = document.withPrices(changed);
    }

    void remove(BuyPrice price) {
        List<BuyPrice> changed = new ArrayList<>(document.prices());
        changed.remove(price);
        document = document.withPrices(changed);
    }

    /** Begins with another document than the one in force. */
    void begin(BuyPriceDocument other) {
        document = other.from(null);
    }

    @Override
    public long newest() {
        return seen.newest();
    }

    @Override
    public List<Planned> planned() {
        return seen.planned().stream()
                .map(version -> new Planned(version.version(), version.effectiveFrom()))
                .toList();
    }

    @Override
    public String effect() {
        return "Calls that begin from then on cost it. What was booked before stays booked, and no customer pays otherwise.";
    }

    @Override
    public void publish(Visitor visitor, @Nullable Instant from, String note) {
        visitor.send(new PublishBuyPrices(seen, document.from(from), note, Instant.now()));
    }

    @Override
    public void takeBack(Visitor visitor, String note) {
        BuyPriceSchedule now = visitor.ask(new BuyPriceOutlook());
        if (now.newest() != seen.newest() + 1) throw new Refused(Refusal.PRICE_CHANGED);
        visitor.send(new PublishBuyPrices(now, base, note, Instant.now()));
    }

    @Override
    public List<String> changes() {
        Map<Slot, BuyPrice> before = bySlot(base);
        Map<Slot, BuyPrice> after = bySlot(document);
        Set<Slot> slots = new LinkedHashSet<>(before.keySet());
        slots.addAll(after.keySet());
        List<String> changes = new ArrayList<>();
        for (Slot slot : slots) {
            BuyPrice old = before.get(slot);
            BuyPrice fresh = after.get(slot);
            String what = names.apply(slot.scope()) + ", " + model(slot.model()) + ": ";
            if (old == null && fresh != null) changes.add(what + "new, " + words(fresh));
            else if (old != null && fresh == null) changes.add(what + "no price any more");
            else if (old != null && fresh != null && !old.equals(fresh))
                changes.add(what + words(old) + " → " + words(fresh));
        }
        if (!base.tools().equals(document.tools()))
            changes.add("tools: " + list(base.tools()) + " → " + list(document.tools()));
        return changes;
    }

    private static Map<Slot, BuyPrice> bySlot(BuyPriceDocument document) {
        Map<Slot, BuyPrice> bySlot = new LinkedHashMap<>();
        document.prices().forEach(price -> bySlot.put(Slot.of(price), price));
        return bySlot;
    }

    private static String list(Map<String, BigDecimal> tools) {
        return tools.isEmpty() ? "none" : PricedLines.write(tools).replace("\n", ", ");
    }

    static String model(String model) {
        return model.equals(BuyPrice.ALL_MODELS) ? "every model" : model;
    }

    static String words(BuyPrice price) {
        BigDecimal factor = price.factor();
        if (price.price() != null) return PriceWords.of(price.price());
        if (factor == null) return "";
        return factor.signum() == 0 ? "nothing" : "sell price × " + Amounts.decimal(factor);
    }
}
