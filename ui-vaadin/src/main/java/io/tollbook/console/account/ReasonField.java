package io.tollbook.console.account;

import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.kernel.Reason;

/** Why somebody does it; without a reason nothing is done. */
class ReasonField extends TextField {
    ReasonField() {
        super("Reason");
        setId("reason");
        setRequiredIndicatorVisible(true);
        setMaxLength(Reason.LENGTH_MAX);
        setHelperText("Stands in the customer’s log and book beside the change");
    }

    /** @throws io.tollbook.kernel.Refused if there is none */
    Reason reason() {
        return new Reason(getValue());
    }
}
