package io.tollbook.console.catalogue;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Notices;
import io.tollbook.kernel.catalogue.SaveVendor;
import io.tollbook.kernel.catalogue.Vendor;
import io.tollbook.kernel.catalogue.VendorTerms;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A vendor's name and words. */
class VendorDialog extends FormDialog {
    /** @param vendor the one to change; null for a new one */
    VendorDialog(Visitor visitor, @Nullable Vendor vendor, Runnable after) {
        super("vendor", vendor == null ? "New vendor" : vendor.terms().name(), "Save");
        TextField name = new TextField("Name");
        name.setId("vendor-name");
        name.setRequiredIndicatorVisible(true);
        name.setMaxLength(VendorTerms.NAME_MAX);
        name.setAutofocus(true);
        TextArea description = new TextArea("Description");
        description.setId("vendor-description");
        description.setMaxLength(VendorTerms.DESCRIPTION_MAX);
        TextField icon = new TextField("Icon");
        icon.setId("vendor-icon");
        icon.setHelperText("Name of an icon, or the address of a picture");
        Checkbox shown = new Checkbox("Shown on the price page");
        shown.setId("vendor-enabled");
        shown.setValue(true);
        if (vendor != null) {
            name.setValue(vendor.terms().name());
            description.setValue(vendor.terms().description());
            icon.setValue(vendor.terms().icon());
            shown.setValue(vendor.terms().enabled());
        }
        broad(name, description, icon, shown);
        onSave(() -> {
            VendorTerms terms =
                    new VendorTerms(name.getValue(), description.getValue(), icon.getValue(), shown.getValue());
            visitor.send(new SaveVendor(vendor == null ? null : vendor.id(), terms, Instant.now()));
            after.run();
            Notices.done("Vendor saved.");
        });
    }
}
