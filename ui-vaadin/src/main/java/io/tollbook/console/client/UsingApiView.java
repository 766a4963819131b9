package io.tollbook.console.client;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Clip;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.SmallTable;
import io.tollbook.console.page.Snippet;
import io.tollbook.console.page.View;
import io.tollbook.console.settings.Site;
import io.tollbook.console.token.Keys;
import io.tollbook.kernel.pricing.EndpointKind;
import io.tollbook.kernel.pricing.PriceList;
import io.tollbook.kernel.pricing.PricesFor;
import io.tollbook.kernel.user.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Everything somebody needs to point a program here, with their own address, key and model in it. */
@Route("using-the-api")
@OpenTo(Role.USER)
class UsingApiView extends View {
    private final String base;
    private final KeyChoice key;
    private final ComboBox<String> model = new ComboBox<>("Model");
    /** Writes each sample anew. */
    private final List<Runnable> samples = new ArrayList<>();

    UsingApiView(Visitor visitor, Keys keys, Site site) {
        super("Using the API", "The vendors’ own clients and tools work here: give them this address and a key.");
        addClassName("view-flow");
        base = site.address();
        key = new KeyChoice(visitor, keys, this::write);
        model.setId("api-model");
        model.setItems(visitor.ask(new PricesFor(visitor.user())).offers().stream()
                .map(PriceList.Offer::model)
                .toList());
        model.getListDataView().getItems().findFirst().ifPresent(model::setValue);
        model.addValueChangeListener(change -> write());
        add(start(), code(), tools(), endpoints());
        write();
    }

    private void write() {
        samples.forEach(Runnable::run);
    }

    private Component start() {
        Div address =
                Marks.stacked(Marks.dim("Address"), Marks.row(Marks.code(base), Clip.button("address", () -> base)));
        address.setId("api-address");
        Div choice = new Div(key, model);
        choice.addClassName("api-choice");
        return panel("Your access", address, choice);
    }

    private Component code() {
        TabSheet dialects = tabs("api-dialects");
        for (EndpointKind kind : EndpointKind.values()) {
            TabSheet languages = tabs("api-languages-" + kind.key());
            CodeSample.of(kind, base, "")
                    .keySet()
                    .forEach(language -> languages.add(
                            language,
                            snippet(
                                    "api-" + kind.key() + "-" + id(language),
                                    shown -> CodeSample.of(kind, base, chosen(), shown)
                                            .getOrDefault(language, ""))));
            dialects.add(kind.label(), languages);
        }
        return panel("From a program", dialects);
    }

    private Component tools() {
        TabSheet tools = tabs("api-tools");
        ToolSetup.of(base, "", "")
                .keySet()
                .forEach(tool -> tools.add(
                        tool,
                        snippet(
                                "api-" + id(tool),
                                shown -> ToolSetup.of(base, chosen(), shown).getOrDefault(tool, ""))));
        return panel("From the command line", tools);
    }

    private static TabSheet tabs(String id) {
        TabSheet sheet = new TabSheet();
        sheet.setId(id);
        sheet.addClassName("samples");
        return sheet;
    }

    private Snippet snippet(String id, Function<String, String> text) {
        Snippet snippet = new Snippet(id, "sample", () -> text.apply(key.whole()));
        samples.add(() -> snippet.show(text.apply(key.shown())));
        return snippet;
    }

    private static String id(String name) {
        return name.toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    private String chosen() {
        return model.getValue() == null ? "gpt-4.1-mini" : model.getValue();
    }

    private static Component endpoints() {
        SmallTable table = new SmallTable("What", "Address", "The key goes into");
        for (EndpointKind kind : EndpointKind.values())
            table.line(
                    Marks.text(kind.label()),
                    Marks.code(kind.method() + " " + kind.path()),
                    Marks.code(keyHeader(kind)));
        table.line(
                Marks.text("Models of your key"),
                Marks.code("GET /v1/models"),
                Marks.code(keyHeader(EndpointKind.CHAT)));
        Div box = Marks.box("scrolls", table);
        return panel(
                "Addresses", box, Marks.dim("A key is taken from any of these headers, whichever address is called."));
    }

    private static String keyHeader(EndpointKind kind) {
        return Map.of(EndpointKind.MESSAGES, "x-api-key", EndpointKind.GENERATE_CONTENT, "x-goog-api-key")
                .getOrDefault(kind, "Authorization: Bearer");
    }

    private static Component panel(String title, Component... parts) {
        Div panel = new Div(new H2(title));
        panel.addClassNames("panel", "panel-pad", "api-panel");
        panel.add(parts);
        return panel;
    }
}
