package io.tollbook.console.statistics;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouterLink;
import io.tollbook.console.access.Visitor;
import io.tollbook.kernel.user.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The pages of the dashboard. From one to the next the chosen time stays. */
class DashboardTabs extends Nav {
    private final List<RouterLink> links = new ArrayList<>();

    DashboardTabs(Visitor visitor, Class<? extends Component> here) {
        addClassName("tabs");
        setAriaLabel("Dashboard");
        tab("overview", "Overview", DashboardView.class, here);
        tab("models", "Models", ModelsView.class, here);
        tab("flow", "Flow", FlowView.class, here);
        if (!visitor.maySee(Role.ADMIN)) return;
        tab("users", "Users", TopUsersView.class, here);
        tab("margin", "Margin", MarginView.class, here);
    }

    private void tab(String id, String label, Class<? extends Component> page, Class<? extends Component> here) {
        RouterLink link = new RouterLink(label, page);
        link.setId("tab-" + id);
        link.addClassName("tab");
        if (page == here) link.getElement().setAttribute("aria-current", "page");
        links.add(link);
        add(link);
    }

    void carry(Map<String, String> parameters) {
        for (RouterLink link : links) link.setQueryParameters(QueryParameters.simple(parameters));
    }
}
