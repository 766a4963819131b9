package io.tollbook.console.pricing;

import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Amounts;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceOutlook;
import io.tollbook.kernel.pricing.PriceSchedule;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PublishPrices;
import io.tollbook.kernel.pricing.Rounding;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The next price version while root works on it. */
final class PriceDraft implements Draft {
    static final String NOTE = "Why? Whoever asks about a charge will read it.";

    private static final PriceDocument NOTHING =
            new PriceDocument(Map.of(), Map.of(), Map.of(), Rounding.HALF_AWAY_FROM_ZERO, 4_096);

    private final PriceSchedule seen;
    private final PriceDocument base;
    private final Map<String, ModelPrice> models;
    private Map<String, BigDecimal> groups;
    private Map<String, Map<String, BigDecimal>> overrides;
    private Map<String, BigDecimal> tools;
    private int defaultMaxOutputTokens;

    PriceDraft(PriceSchedule schedule) {
        seen = schedule;
        PriceVersion inForce = schedule.inForce();
        base = inForce == null ? NOTHING : inForce.document();
        models = new TreeMap<>(base.models());
        groups = base.groups();
        overrides = base.groupOverrides();
        tools = base.tools();
        defaultMaxOutputTokens = base.defaultMaxOutputTokens();
    }

    /** The versions as they were when work began. */
    PriceSchedule seen() {
        return seen;
    }

    Map<String, BigDecimal> tools() {
        return tools;
    }

    void tools(Map<String, BigDecimal> prices) {
        // Checked here, so that a slip is refused in its dialog and not at publication.
        document().withTools(prices);
        tools = prices;
    }

    Map<String, ModelPrice> models() {
        return models;
    }

    Map<String, BigDecimal> groups() {
        return groups;
    }

    Map<String, Map<String, BigDecimal>> overrides() {
        return overrides;
    }

    int defaultMaxOutputTokens() {
        return defaultMaxOutputTokens;
    }

    /** @param before the model's name until now; null for a new one */
    void put(@Nullable String before, String name, ModelPrice price) {
        String clean = name.strip();
        if (clean.isEmpty()) throw Refused.invalid("The model needs a name.");
        if (!clean.equals(before) && models.containsKey(clean))
            throw Refused.invalid("There is a price for " + clean + " already.");
        if (before != null) models.remove(before);
        models.put(clean, price);
    }

    void remove(String model) {
        models.remove(model);
    }

    /** Begins with another document than the one in force. */
    void begin(PriceDocument document) {
        models.clear();
        models.putAll(document.models());
        groups = document.groups();
        overrides = document.groupOverrides();
        tools = document.tools();
        defaultMaxOutputTokens = document.defaultMaxOutputTokens();
    }

    void groups(Map<String, BigDecimal> ratios, Map<String, Map<String, BigDecimal>> byUserGroup, int longestAnswer) {
        // Checked here, so that a slip is refused in its dialog and not at publication.
        new PriceDocument(models, ratios, byUserGroup, base.rounding(), longestAnswer);
        groups = ratios;
        overrides = byUserGroup;
        defaultMaxOutputTokens = longestAnswer;
    }

    PriceDocument document() {
        return new PriceDocument(models, groups, overrides, base.rounding(), defaultMaxOutputTokens, tools, null);
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
        return "Calls that begin from then on are charged by it. Calls under way keep the version they began with.";
    }

    @Override
    public void publish(Visitor visitor, @Nullable Instant from, String note) {
        visitor.send(new PublishPrices(seen, document().from(from), note, Instant.now()));
    }

    @Override
    public void takeBack(Visitor visitor, String note) {
        PriceSchedule now = visitor.ask(new PriceOutlook());
        if (now.newest() != seen.newest() + 1) throw new Refused(Refusal.PRICE_CHANGED);
        visitor.send(new PublishPrices(now, base.from(null), note, Instant.now()));
    }

    @Override
    public List<String> changes() {
        List<String> changes = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(base.models().keySet());
        names.addAll(models.keySet());
        for (String name : names) {
            ModelPrice old = base.models().get(name);
            ModelPrice fresh = models.get(name);
            if (old == null && fresh != null) changes.add(name + ": new, " + PriceWords.of(fresh));
            else if (old != null && fresh == null) changes.add(name + ": no price any more");
            else if (old != null && fresh != null && !old.equals(fresh))
                changes.add(name + ": " + PriceWords.of(old) + " → " + PriceWords.of(fresh));
        }
        if (!groups.equals(base.groups()))
            changes.add("group ratios: " + ratios(base.groups()) + " → " + ratios(groups));
        if (!overrides.equals(base.groupOverrides())) changes.add("ratios by the user’s own group");
        if (!tools.equals(base.tools())) changes.add("tools: " + ratios(base.tools()) + " → " + ratios(tools));
        if (defaultMaxOutputTokens != base.defaultMaxOutputTokens())
            changes.add("longest answer: " + Amounts.number(base.defaultMaxOutputTokens()) + " → "
                    + Amounts.number(defaultMaxOutputTokens) + " tokens");
        return changes;
    }

    private static String ratios(Map<String, BigDecimal> ratios) {
        return ratios.isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        new TreeMap<>(ratios)
                                .entrySet().stream()
                                        .map(one -> one.getKey() + " " + Amounts.decimal(one.getValue()))
                                        .toList());
    }
}
