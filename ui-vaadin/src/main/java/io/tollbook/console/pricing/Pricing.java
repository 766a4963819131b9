package io.tollbook.console.pricing;

import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Notices;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceOutlook;
import io.tollbook.kernel.pricing.PriceSchedule;
import io.tollbook.kernel.pricing.PublishPrices;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Prices changed from other pages than their own: each time as one version that can be taken back. */
public final class Pricing {
    private Pricing() {}

    /** Lets root price a model, and publish that. */
    public static void edit(Visitor visitor, String model, Runnable after) {
        PriceDraft draft = new PriceDraft(visitor.ask(new PriceOutlook()));
        new ModelDialog(draft, model, () -> new PublishDialog(visitor, draft, PriceDraft.NOTE, after).open()).open();
    }

    /** Lets root multiply or replace the prices of several models. */
    public static void editMany(Visitor visitor, List<String> models, Runnable after) {
        new BulkPriceDialog(visitor, models, after).open();
    }

    /**
     * Publishes other prices of these models as one version, and offers to take that back.
     *
     * @param changed null for a model that has none any more
     */
    public static void publish(
            Visitor visitor, Map<String, @Nullable ModelPrice> changed, String note, Runnable after) {
        PriceSchedule schedule = visitor.ask(new PriceOutlook());
        PriceDocument before = new PriceDraft(schedule).document();
        Map<String, @Nullable ModelPrice> replaced = new HashMap<>();
        changed.keySet().forEach(model -> replaced.put(model, before.models().get(model)));
        visitor.send(new PublishPrices(schedule, before.withModels(merged(before, changed)), note, Instant.now()));
        after.run();
        Notices.undoable(
                changed.size() == 1 ? "1 price published." : changed.size() + " prices published.",
                () -> undo(visitor, changed, replaced, note, after));
    }

    private static void undo(
            Visitor visitor,
            Map<String, @Nullable ModelPrice> changed,
            Map<String, @Nullable ModelPrice> replaced,
            String note,
            Runnable after) {
        PriceSchedule schedule = visitor.ask(new PriceOutlook());
        PriceDocument now = new PriceDraft(schedule).document();
        for (Map.Entry<String, @Nullable ModelPrice> one : changed.entrySet())
            if (!same(now.models().get(one.getKey()), one.getValue()))
                throw Refused.invalid(
                        "The price of " + one.getKey() + " was changed again since. Look at the price versions.");
        visitor.send(
                new PublishPrices(schedule, now.withModels(merged(now, replaced)), "undone: " + note, Instant.now()));
        after.run();
    }

    /** The published document writes numbers without trailing zeros. */
    private static boolean same(@Nullable ModelPrice one, @Nullable ModelPrice other) {
        return Objects.equals(one == null ? null : PriceWords.of(one), other == null ? null : PriceWords.of(other));
    }

    private static Map<String, ModelPrice> merged(PriceDocument before, Map<String, @Nullable ModelPrice> changed) {
        Map<String, ModelPrice> models = new HashMap<>(before.models());
        changed.forEach((model, price) -> {
            if (price == null) models.remove(model);
            else models.put(model, price);
        });
        return models;
    }
}
