package io.tollbook.console.page;

import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.HasLabel;
import com.vaadin.flow.component.Tag;

/** A filter that an address sets and no field does: a figure's link says exactly which rows are behind it. */
@Tag("span")
class Pinned extends AbstractField<Pinned, String> implements HasLabel {
    Pinned(String label) {
        super("");
        setLabel(label);
        setVisible(false);
    }

    @Override
    protected void setPresentationValue(String value) {
        // It has no presentation but the mark of an active filter.
    }
}
