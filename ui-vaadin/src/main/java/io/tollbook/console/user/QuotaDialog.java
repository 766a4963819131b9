package io.tollbook.console.user;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.QuotaField;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AdjustQuota;
import io.tollbook.kernel.account.Adjusted;
import io.tollbook.kernel.account.BalanceOf;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.RequestAdjustment;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds to a balance, takes from it or sets it, and shows before what it will be after. */
class QuotaDialog extends FormDialog {
    private final RadioButtonGroup<AdjustQuota.Mode> mode = new RadioButtonGroup<>("What");
    private final QuotaField amount = new QuotaField("quota-amount", "Amount");
    private final Select<LotClass> lotClass = new Select<>();
    private final BigDecimalField price = new BigDecimalField("Price paid");
    private final TextField currency = new TextField("Currency");
    private final TextField reason = new TextField("Reason");
    private final Div preview = new Div();
    private final Quota now;
    // The dialog is one adjustment however often its button is pressed.
    private final LotId lot = new LotId(UUID.randomUUID().toString());

    QuotaDialog(Visitor visitor, UsersView.Row row, Runnable after) {
        super("quota", "Quota of " + row.user().username(), "Apply");
        now = visitor.ask(new BalanceOf(row.account())).available();
        mode.setId("quota-mode");
        mode.setItems(AdjustQuota.Mode.values());
        mode.setItemLabelGenerator(one -> switch (one) {
            case ADD -> "Add";
            case SUBTRACT -> "Subtract";
            case OVERRIDE -> "Set to";
        });
        mode.setValue(AdjustQuota.Mode.ADD);
        mode.addValueChangeListener(change -> preview());
        amount.addValueChangeListener(change -> preview());
        amount.setAutofocus(true);
        reason.setId("quota-reason");
        reason.setHelperText("Stands in the book beside the change");
        preview.setId("quota-preview");
        preview.addClassName("preview");
        preview.getElement().setAttribute("aria-live", "polite");
        sale();
        broad(mode, amount);
        fields(lotClass, price, currency);
        broad(reason, preview);
        preview();
        onSave(() -> {
            AdjustQuota wanted = new AdjustQuota(
                    row.account(),
                    lot,
                    mode.getValue(),
                    amount.quota(),
                    Instant.now(),
                    isAdded() ? lotClass.getValue() : LotClass.COMPENSATION,
                    paid());
            Adjusted adjusted = visitor.send(
                    new RequestAdjustment(wanted), reason.getValue().strip());
            after.run();
            Notices.done(
                    adjusted.awaitsApproval()
                            ? "Nothing has changed yet: another administrator has to approve this change."
                            : "Quota changed.");
        });
    }

    /** Only what is added has a class, and only what is sold a price. */
    private void sale() {
        lotClass.setLabel("Class");
        lotClass.setId("quota-class");
        lotClass.setItems(LotClass.values());
        lotClass.setItemLabelGenerator(one -> switch (one) {
            case PAID -> "Paid";
            case PROMO -> "Gift";
            case SUBSCRIPTION -> "Subscription";
            case COMPENSATION -> "Compensation";
        });
        lotClass.setValue(LotClass.COMPENSATION);
        price.setId("quota-price");
        price.setLocale(Locale.ROOT);
        price.setHelperText("Leave empty if nothing was paid");
        currency.setId("quota-currency");
        currency.setMaxLength(3);
        currency.setHelperText("ISO code, like USD");
        lotClass.addValueChangeListener(change -> showSale());
        mode.addValueChangeListener(change -> showSale());
        showSale();
    }

    private void showSale() {
        boolean sold =
                isAdded() && (lotClass.getValue() == LotClass.PAID || lotClass.getValue() == LotClass.SUBSCRIPTION);
        lotClass.setVisible(isAdded());
        price.setVisible(sold);
        currency.setVisible(sold);
    }

    private boolean isAdded() {
        return mode.getValue() == AdjustQuota.Mode.ADD;
    }

    private @Nullable Money paid() {
        if (!price.isVisible() || price.getValue() == null) return null;
        return Money.paid(price.getValue(), currency.getValue().strip().toUpperCase(Locale.ROOT));
    }

    private void preview() {
        preview.removeAll();
        Quota then;
        try {
            Quota value = amount.getValue() == null ? Quota.ZERO : amount.quota();
            then = switch (mode.getValue()) {
                case ADD -> now.plus(value);
                case SUBTRACT -> value.covers(now) ? now.min(Quota.ZERO) : now.minus(value);
                case OVERRIDE -> amount.getValue() == null ? now : value;
            };
        } catch (Refused | ArithmeticException e) {
            preview.add(Marks.dim("The amount is not one that can be applied."));
            return;
        }
        preview.add(
                Marks.stacked(Marks.dim("Available now"), Marks.usd(now)),
                new Span("→"),
                Marks.stacked(Marks.dim("afterwards"), Marks.usd(then)),
                Marks.text(Amounts.change(then.minus(now)), then.covers(now) ? "good" : "bad"));
    }
}
