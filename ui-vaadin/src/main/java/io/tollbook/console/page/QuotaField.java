package io.tollbook.console.page;

import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Quota;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An amount, typed in US dollars; says below how much quota that is. */
public class QuotaField extends BigDecimalField {
    public QuotaField(String id, String label) {
        super(label);
        setId(id);
        setLocale(Locale.ROOT);
        setPrefixComponent(new Span("$"));
        setValueChangeMode(ValueChangeMode.EAGER);
        addValueChangeListener(change -> explain());
        explain();
    }

    /** @throws Refused if it is empty or no whole number of quota */
    public Quota quota() {
        if (getValue() == null) throw Refused.invalid("Enter an amount in “" + getLabel() + "”.");
        return Amounts.quota(getValue());
    }

    public void setQuota(@Nullable Quota quota) {
        setValue(quota == null ? null : strip(Amounts.dollars(quota)));
    }

    private void explain() {
        String words;
        try {
            words = getValue() == null
                    ? "1 USD is " + Amounts.number(Quota.UNITS_PER_USD) + " quota"
                    : Amounts.number(Amounts.quota(getValue()).units()) + " quota";
            setInvalid(false);
        } catch (Refused refused) {
            words = refused.getMessage();
            setInvalid(true);
        }
        setHelperText(words);
    }

    private static BigDecimal strip(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 2 ? stripped.setScale(2) : stripped;
    }
}
