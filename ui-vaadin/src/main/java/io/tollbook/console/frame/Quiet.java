package io.tollbook.console.frame;

import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouterLayout;
import io.tollbook.console.settings.Site;

/** One card on an empty page: sign-in, sign-up, the wizard. */
public class Quiet extends Div implements RouterLayout {
    private final Div card = new Div();

    Quiet(Site site) {
        addClassName("quiet");
        Image mark = new Image("console/icon.svg", "");
        Div brand = new Div(mark, new Span(site.name()));
        brand.addClassName("brand");
        card.addClassName("quiet-card");
        add(brand, card);
    }

    @Override
    public void showRouterLayoutContent(HasElement content) {
        card.getElement().removeAllChildren();
        card.getElement().appendChild(content.getElement());
    }

    @Override
    public void removeRouterLayoutContent(HasElement content) {
        card.getElement().removeAllChildren();
    }
}
