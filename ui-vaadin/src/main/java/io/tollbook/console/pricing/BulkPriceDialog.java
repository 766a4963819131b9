package io.tollbook.console.pricing;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.SmallTable;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceOutlook;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Multiplies or replaces the prices of several models: shows each before and after, then publishes them as one version. */
class BulkPriceDialog extends FormDialog {
    private static final int SHOWN_MAX = 12;

    private final PriceDocument before;
    private final List<String> models;
    private final Select<Deed> deed = new Select<>();
    private final BigDecimalField number = new BigDecimalField();
    private final Div preview = new Div();

    private enum Deed {
        MULTIPLY("Multiply by", "Ratios to the input price stay as they are"),
        INPUT("Set the input price", "USD per 1M tokens; other prices keep their ratio to it"),
        OUTPUT("Set the output ratio", "Output price over input price");

        private final String words;
        private final String help;

        Deed(String words, String help) {
            this.words = words;
            this.help = help;
        }
    }

    BulkPriceDialog(Visitor visitor, List<String> models, Runnable after) {
        super("bulk-price", "Prices of " + models.size() + (models.size() == 1 ? " model" : " models"), "Publish");
        this.models = models;
        before = new PriceDraft(visitor.ask(new PriceOutlook())).document();
        deed.setId("bulk-price-deed");
        deed.setLabel("What to do");
        deed.setItems(Deed.values());
        deed.setItemLabelGenerator(one -> one.words);
        deed.setValue(Deed.MULTIPLY);
        number.setId("bulk-price-number");
        number.setLabel("Number");
        number.setLocale(Locale.ROOT);
        number.setHelperText(Deed.MULTIPLY.help);
        number.setValueChangeMode(ValueChangeMode.LAZY);
        TextField note = new TextField("Note");
        note.setId("bulk-price-note");
        note.setHelperText("Why? Whoever asks about a charge will read it.");
        preview.setId("bulk-price-preview");
        deed.addValueChangeListener(change -> {
            number.setHelperText(change.getValue().help);
            show();
        });
        number.addValueChangeListener(change -> show());
        fields(deed, number);
        broad(note, preview);
        show();
        onSave(() -> Pricing.publish(
                visitor,
                changed(),
                note.isEmpty() ? deed.getValue().words + " " + number.getValue().toPlainString() : note.getValue(),
                after));
    }

    private Map<String, @Nullable ModelPrice> changed() {
        Map<String, @Nullable ModelPrice> changed = new TreeMap<>();
        for (String model : models) {
            ModelPrice price = before.models().get(model);
            ModelPrice after = after(price);
            if (after != null && !after.equals(price)) changed.put(model, after);
        }
        if (changed.isEmpty()) throw Refused.invalid("None of these prices changes.");
        return changed;
    }

    /** Null where this deed is none for the model. */
    private @Nullable ModelPrice after(@Nullable ModelPrice price) {
        BigDecimal by = number.getValue();
        if (by == null) return null;
        return switch (deed.getValue()) {
            case MULTIPLY -> price == null || price.expression() != null ? null : price.times(by);
            case INPUT ->
                price == null
                        ? ModelPrice.perToken(Rates.ratio(by), BigDecimal.ONE)
                        : price.expression() != null ? null : price.pricedBy(Rates.ratio(by), null, null, Map.of());
            case OUTPUT ->
                price == null || price.inputRatio() == null
                        ? null
                        : price.withRatios(
                                by, price.cacheReadRatio(), price.cacheWriteRatio(), price.cacheWriteHourRatio());
        };
    }

    private void show() {
        preview.removeAll();
        SmallTable table = new SmallTable("Model", "Before", "After");
        int shown = 0;
        int changed = 0;
        String refused = "";
        for (String model : models) {
            ModelPrice price = before.models().get(model);
            ModelPrice after = null;
            try {
                after = after(price);
            } catch (Refused no) {
                refused = model + ": " + no.getMessage();
            }
            if (after != null) changed++;
            if (shown++ < SHOWN_MAX)
                table.line(
                        Marks.text(model, "strong"),
                        price == null ? Marks.dim("no price") : new Span(PriceWords.of(price)),
                        after == null
                                ? Marks.dim(number.getValue() == null ? "…" : "as it is")
                                : new Span(PriceWords.of(after)));
        }
        preview.add(Marks.box("scroll-x", table));
        if (models.size() > SHOWN_MAX) preview.add(Marks.dim("and " + (models.size() - SHOWN_MAX) + " more"));
        if (!refused.isEmpty()) preview.add(Marks.text(refused, "bad"));
        saveButton().setEnabled(changed > 0 && refused.isEmpty());
    }
}
