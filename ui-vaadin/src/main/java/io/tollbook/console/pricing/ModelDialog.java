package io.tollbook.console.pricing;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Marks;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.ModelPrice;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The price of one model, in the draft. */
class ModelDialog extends FormDialog {
    private final TextField name = new TextField("Model");
    private final RadioButtonGroup<Boolean> byTokens = new RadioButtonGroup<>("Priced");
    private final RatePair input = new RatePair("price-input", "Input", () -> Rates.USD_PER_MILLION);
    private final RatePair output = new RatePair("price-output", "Output", this::inputUsd);
    private final RatePair cacheRead = new RatePair("price-cache-read", "Cache read", this::inputUsd);
    private final RatePair cacheWrite = new RatePair("price-cache-write", "Cache write, 5 min", this::inputUsd);
    private final RatePair cacheWriteHour = new RatePair("price-cache-write-hour", "Cache write, 1 h", this::inputUsd);
    private final BigDecimalField perCall = new BigDecimalField("USD per call");
    private final IntegerField longest = new IntegerField("Longest answer");

    /** @param model the model to change; null to add one */
    ModelDialog(PriceDraft draft, @Nullable String model, Runnable after) {
        super("price", model == null ? "New model" : "Price of " + model, "Take over");
        name.setId("price-model");
        name.setRequiredIndicatorVisible(true);
        name.setHelperText("As clients ask for it");
        byTokens.setId("price-by");
        byTokens.setItems(true, false);
        byTokens.setItemLabelGenerator(tokens -> tokens ? "By tokens" : "Per call");
        byTokens.addValueChangeListener(change -> switchKind(change.getValue()));
        perCall.setId("price-per-call");
        perCall.setLocale(Locale.ROOT);
        perCall.setPrefixComponent(new Span("$"));
        longest.setId("price-longest");
        longest.setSuffixComponent(new Span("tokens"));
        longest.setHelperText("What a hold reckons with when the client sets no limit; empty for the site's "
                + draft.defaultMaxOutputTokens());
        input.onChange(() -> {
            output.showUsd();
            cacheRead.showUsd();
            cacheWrite.showUsd();
            cacheWriteHour.showUsd();
        });
        Div hint = new Div(Marks.dim("Output and cache ratios are told by the input price: 4 is four times as much."));
        broad(name, byTokens, input, output, cacheRead, cacheWrite, cacheWriteHour, hint, perCall, longest);
        ModelPrice price = model == null ? null : draft.models().get(model);
        name.setValue(model == null ? "" : model);
        show(price);
        onSave(() -> {
            draft.put(model, name.getValue(), price());
            after.run();
        });
    }

    private void switchKind(boolean tokens) {
        for (RatePair pair : new RatePair[] {input, output, cacheRead, cacheWrite, cacheWriteHour})
            pair.setVisible(tokens);
        perCall.setVisible(!tokens);
    }

    private BigDecimal inputUsd() {
        BigDecimal ratio = input.ratio();
        return ratio == null ? BigDecimal.ZERO : Rates.usd(ratio);
    }

    private void show(@Nullable ModelPrice price) {
        ModelPrice shown = price == null ? ModelPrice.perToken(BigDecimal.ONE, BigDecimal.valueOf(4)) : price;
        byTokens.setValue(shown.perCall() == null);
        switchKind(shown.perCall() == null);
        input.show(shown.inputRatio() == null ? BigDecimal.ONE : shown.inputRatio());
        output.show(shown.completionRatio());
        cacheRead.show(shown.cacheReadRatio());
        cacheWrite.show(shown.cacheWriteRatio());
        cacheWriteHour.show(shown.cacheWriteHourRatio());
        perCall.setValue(shown.perCall());
        longest.setValue(shown.maxOutputTokens());
    }

    private ModelPrice price() {
        boolean tokens = byTokens.getValue();
        if (!tokens && perCall.getValue() == null) throw Refused.invalid("Enter the price of a call.");
        return new ModelPrice(
                tokens ? input.needed() : null,
                output.needed(),
                cacheRead.needed(),
                cacheWrite.needed(),
                cacheWriteHour.needed(),
                tokens ? null : perCall.getValue(),
                longest.getValue());
    }
}
