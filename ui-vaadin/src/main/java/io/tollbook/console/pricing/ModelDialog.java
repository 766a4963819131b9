package io.tollbook.console.pricing;

import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.console.page.FormDialog;
import io.tollbook.kernel.pricing.ModelPrice;
import org.jspecify.annotations.Nullable;

/** The price of one model, in the draft. */
class ModelDialog extends FormDialog {
    /** @param model the model to change; null to add one */
    ModelDialog(PriceDraft draft, @Nullable String model, Runnable after) {
        super("price", model == null ? "New model" : "Price of " + model, "Take over");
        ModelPrice price = model == null ? null : draft.models().get(model);
        TextField name = new TextField("Model");
        name.setId("price-model");
        name.setRequiredIndicatorVisible(true);
        name.setHelperText("As clients ask for it");
        name.setValue(model == null ? "" : model);
        PriceFields fields =
                new PriceFields(price == null ? PriceFields.USUAL : price).withLongest(draft.defaultMaxOutputTokens());
        broad(name);
        broad(fields.all());
        onSave(() -> {
            draft.put(model, name.getValue(), fields.price());
            after.run();
        });
    }
}
