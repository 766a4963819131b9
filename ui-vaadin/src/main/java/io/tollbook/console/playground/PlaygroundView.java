package io.tollbook.console.playground;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import com.vaadin.flow.component.tabs.TabsVariant;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Tool;
import io.tollbook.console.page.View;
import io.tollbook.console.settings.Site;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.BalanceOf;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.log.UsageLog;
import io.tollbook.kernel.pricing.PricesFor;
import io.tollbook.kernel.user.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A chat with any model that the visitor may call, paid from their balance; each answer says what it cost. */
@Route("playground")
@OpenTo(Role.USER)
@StyleSheet("context://console/playground.css")
class PlaygroundView extends View implements AfterNavigationObserver {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String MODEL = "model";
    private static final String GROUP = "group";
    private static final String DIALECT = "dialect";

    private final Visitor visitor;
    private final String address;
    private final PlaygroundSettings settings;
    private final PlaygroundChat chat;
    private final Span balance = new Span();
    private final Tab rawTab = new Tab("Raw");
    private final Tabs tabs = new Tabs();
    private String wishedModel = "";
    private String wishedGroup = "";
    private String wishedDialect = "";
    private boolean isRestored;

    PlaygroundView(Visitor visitor, Site site) {
        super("Playground", "Try a model. Answers are charged to your balance like any call.");
        this.visitor = visitor;
        address = site.address();
        settings = new PlaygroundSettings(visitor.ask(new PricesFor(visitor.user())), this::changed);
        chat = new PlaygroundChat(
                Long.toString(visitor.user().value()), this::charged, () -> tabs.setSelectedTab(rawTab), this::restore);
        balance.setId("pg-balance");
        actions(Marks.row(Marks.dim("Balance"), balance));
        showBalance();
        Div panel = Marks.box("panel", chat);
        panel.addClassName("pg-panel");
        add(Marks.box("pg", panel, side()));
        chat.settings(said());
    }

    private ObjectNode said() {
        return settings.said().put("address", address);
    }

    private Component side() {
        Div history = Marks.box("pg-page");
        history.setId("pg-history");
        Div raw = Marks.box("pg-page", Marks.dim("What is sent and what comes back stands here after a call."));
        raw.setId("pg-raw");
        Tab first = new Tab("Settings");
        Tab second = new Tab("History");
        tabs.setId("pg-tabs");
        tabs.add(first, second, rawTab);
        tabs.addThemeVariants(TabsVariant.LUMO_EQUAL_WIDTH_TABS);
        Map<Tab, Div> pages = Map.of(first, settings, second, history, rawTab, raw);
        tabs.addSelectedChangeListener(change -> show(pages));
        show(pages);
        Button close = Tool.icon("Close", Glyph.CROSS, click -> chat.toggleSide());
        close.setId("pg-side-close");
        Div side = Marks.box("panel", close, tabs, settings, history, raw);
        side.addClassName("pg-side");
        return side;
    }

    private void show(Map<Tab, Div> pages) {
        pages.forEach((tab, page) -> page.getElement().setAttribute("hidden", tab != tabs.getSelectedTab()));
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        Map<String, List<String>> wishes =
                event.getLocation().getQueryParameters().getParameters();
        wishedModel = wishes.getOrDefault(MODEL, List.of("")).getFirst();
        wishedGroup = wishes.getOrDefault(GROUP, List.of("")).getFirst();
        wishedDialect = wishes.getOrDefault(DIALECT, List.of("")).getFirst();
        if (isRestored) choose();
    }

    /** What the browser had kept counts less than what the address says. */
    private void restore(String kept) {
        settings.restore(kept);
        isRestored = true;
        choose();
    }

    private void choose() {
        ClientDialect dialect = wishedDialect.isEmpty() ? settings.dialect() : ClientDialect.of(wishedDialect);
        if (wishedModel.isEmpty()) settings.choose(settings.model(), settings.group(), dialect);
        else settings.choose(wishedModel, wishedGroup, dialect);
        changed();
    }

    private void changed() {
        ObjectNode said = said();
        if (isRestored) {
            said.set("save", settings.saved());
            Map<String, String> state = new HashMap<>();
            if (!settings.model().isEmpty()) state.put(MODEL, settings.model());
            if (!settings.group().isEmpty()) state.put(GROUP, settings.group());
            if (settings.dialect() != ClientDialect.OPENAI)
                state.put(DIALECT, settings.dialect().key());
            Location here = new Location("playground", QueryParameters.simple(state));
            UI.getCurrent().getPage().getHistory().replaceState(null, here);
        }
        chat.settings(said);
    }

    private void showBalance() {
        balance.removeAll();
        balance.add(Marks.usd(
                visitor.ask(new BalanceOf(AccountId.of(visitor.user()))).available()));
    }

    private String charged(String request) {
        LogFilter filter = LogFilter.of(visitor.user()).ofRequest(request);
        return visitor.ask(new UsageLog(filter, Paging.first(1))).items().stream()
                .findFirst()
                .map(row -> {
                    showBalance();
                    return told(row);
                })
                .orElse("");
    }

    private static String told(LogRow row) {
        boolean isCharged = row.kind() == LogKind.CONSUME;
        return JSON.writeValueAsString(JSON.createObjectNode()
                .put("cost", isCharged ? Amounts.usd(row.quota()) : "not charged")
                .put("exact", isCharged ? Amounts.number(row.quota().units()) + " quota" : row.content())
                .put("prompt", row.meters().promptTokens())
                .put("cached", row.meters().of(Meter.CACHE_READ))
                .put("answer", row.meters().completionTokens())
                .put("thinking", row.meters().of(Meter.REASONING))
                .put("millis", row.totalMillis()));
    }
}
