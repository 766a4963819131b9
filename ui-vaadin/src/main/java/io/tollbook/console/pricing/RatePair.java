package io.tollbook.console.pricing;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.tollbook.kernel.Refused;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One price in two fields, as a ratio and in dollars a million tokens; each follows the other. */
class RatePair extends Div {
    private final BigDecimalField ratio;
    private final BigDecimalField usd;
    private final Supplier<BigDecimal> unit;
    private final String label;

    /** @param unit dollars that a ratio of 1 stands for */
    RatePair(String id, String label, Supplier<BigDecimal> unit) {
        this.label = label;
        this.unit = unit;
        ratio = field(id + "-ratio", label + ", ratio");
        usd = field(id + "-usd", label + ", USD per 1M");
        usd.setPrefixComponent(new Span("$"));
        addClassName("rate-pair");
        add(usd, ratio);
        ratio.addValueChangeListener(change -> {
            if (change.isFromClient()) showUsd();
        });
        usd.addValueChangeListener(change -> {
            if (!change.isFromClient()) return;
            try {
                ratio.setValue(change.getValue() == null ? null : Rates.over(change.getValue(), unit.get()));
                usd.setInvalid(false);
            } catch (Refused refused) {
                usd.setInvalid(true);
                usd.setErrorMessage(refused.getMessage());
            }
        });
    }

    private static BigDecimalField field(String id, String label) {
        BigDecimalField field = new BigDecimalField(label);
        field.setId(id);
        field.setLocale(Locale.ROOT);
        field.setValueChangeMode(ValueChangeMode.LAZY);
        return field;
    }

    void onChange(Runnable listener) {
        ratio.addValueChangeListener(change -> listener.run());
    }

    void show(@Nullable BigDecimal value) {
        ratio.setValue(value == null ? null : Rates.plain(value));
        showUsd();
    }

    /** Says the dollars anew, after the price they are told by has changed. */
    void showUsd() {
        BigDecimal value = ratio.getValue();
        usd.setValue(value == null ? null : Rates.plain(value.multiply(unit.get())));
    }

    @Nullable
    BigDecimal ratio() {
        return ratio.getValue();
    }

    BigDecimal needed() {
        BigDecimal value = ratio.getValue();
        if (value == null) throw Refused.invalid("Enter “" + label + "”.");
        return value;
    }
}
