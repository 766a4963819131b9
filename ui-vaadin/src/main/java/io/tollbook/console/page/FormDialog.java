package io.tollbook.console.page;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.formlayout.FormLayout;

/** Fields over the page, and one button that does it. A refusal is shown and leaves the fields as they are. */
public class FormDialog extends Dialog {
    private final FormLayout form = new FormLayout();
    private final Button save;

    /** @param id of the dialog; the buttons are {@code id-save} and {@code id-cancel} */
    public FormDialog(String id, String title, String deed) {
        setId(id);
        setHeaderTitle(title);
        setWidth("640px");
        setMaxWidth("100%");
        setCloseOnOutsideClick(false); // What was typed is not lost by a slip of the mouse.
        form.setAutoResponsive(true);
        form.setAutoRows(true);
        form.setColumnWidth("15em");
        form.setExpandColumns(true);
        form.setMaxColumns(2);
        form.setExpandFields(true);
        add(form);
        Button cancel = new Button("Cancel", click -> close());
        cancel.setId(id + "-cancel");
        save = new Button(deed);
        save.setId(id + "-save");
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.setDisableOnClick(true);
        getFooter().add(cancel, save);
    }

    public void fields(Component... components) {
        form.add(components);
    }

    /** A component as broad as the form. */
    public void broad(Component... components) {
        for (Component component : components) {
            form.add(component);
            form.setColspan(component, 2);
        }
    }

    /** Lets Enter save; for forms whose fields have one line each. */
    public void saveOnEnter() {
        save.addClickShortcut(Key.ENTER);
    }

    public Button saveButton() {
        return save;
    }

    /** What the button does. The dialog closes when it succeeds. */
    public void onSave(Runnable deed) {
        save.addClickListener(click -> {
            boolean done = Notices.attempt(deed);
            save.setEnabled(true);
            if (done) close();
        });
    }
}
