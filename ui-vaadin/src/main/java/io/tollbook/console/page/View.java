package io.tollbook.console.page;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.HasDynamicTitle;

/** A page: its title, a sentence that says what it is for, what can be done here, and the content. */
public abstract class View extends Main implements HasDynamicTitle {
    private final String title;
    private final Div actions = new Div();

    protected View(String title, String purpose) {
        this.title = title;
        addClassName("view");
        Div words = new Div(new H1(title));
        if (!purpose.isEmpty()) words.add(new Paragraph(purpose));
        words.addClassName("view-words");
        actions.addClassName("view-actions");
        Div head = new Div(words, actions);
        head.addClassName("view-head");
        add(head);
    }

    protected void actions(Component... components) {
        actions.add(components);
    }

    @Override
    public String getPageTitle() {
        return title + " · Tollbook";
    }
}
