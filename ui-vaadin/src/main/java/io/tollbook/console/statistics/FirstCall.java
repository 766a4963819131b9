package io.tollbook.console.statistics;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.select.Select;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.Snippet;
import io.tollbook.console.page.Tool;
import io.tollbook.console.settings.Site;
import io.tollbook.console.token.Keys;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.pricing.PricesFor;
import io.tollbook.kernel.token.TokenStatus;
import io.tollbook.kernel.token.TokenSummary;
import io.tollbook.kernel.token.TokensOf;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How to make a call: a command to paste, with one of the visitor's keys in it. The key is copied, and shown on demand. */
class FirstCall extends Div {
    private final Visitor visitor;
    private final Keys keys;
    private final String address;
    private final boolean showsPrices;
    private final Select<TokenSummary> key = new Select<>();
    private final Select<String> model = new Select<>();
    private final Snippet curl = new Snippet("curl", "command", () -> command(true));
    private final Button reveal;
    private boolean revealed;

    FirstCall(Visitor visitor, Keys keys, Site site) {
        this.visitor = visitor;
        this.keys = keys;
        address = site.address();
        showsPrices = site.showsPrices(true);
        addClassNames("panel", "panel-pad");
        reveal = Tool.icon("Show the key in the command", Glyph.EYE, click -> {
            revealed = !revealed;
            Notices.attempt(this::write);
        });
        reveal.setId("curl-reveal");
        key.setId("curl-key");
        key.setLabel("Key");
        key.setItemLabelGenerator(token ->
                token.terms().name().isEmpty() ? token.hint() : token.terms().name());
        model.setId("curl-model");
        model.setLabel("Model");
        key.addValueChangeListener(change -> {
            revealed = false;
            write();
        });
        model.addValueChangeListener(change -> write());
        fill();
    }

    private void fill() {
        removeAll();
        List<TokenSummary> usable =
                visitor.ask(new TokensOf(visitor.user(), null, null, Paging.first(100))).items().stream()
                        .filter(token -> token.status() == TokenStatus.ENABLED)
                        .toList();
        Set<String> models = models();
        add(head());
        if (usable.isEmpty()) {
            add(new Empty(
                    Glyph.KEY,
                    "You need a key first",
                    "A client shows it with every call. You can limit and stop it at any time.",
                    Tool.primary(
                            "first-key",
                            "Create a key",
                            Glyph.PLUS,
                            click -> Notices.attempt(() -> {
                                keys.createUnlimited("My first key");
                                fill();
                            }))));
            return;
        }
        key.setItems(usable);
        model.setItems(models);
        key.setValue(usable.getFirst());
        if (!models.isEmpty()) model.setValue(models.iterator().next());
        Div choice = new Div(key, model, reveal);
        choice.addClassName("first-call-choice");
        add(choice, curl);
        write();
    }

    private Component head() {
        Div head = new Div(Marks.stacked(
                new H2("Make a call"), Marks.dim("Any OpenAI client works: point it at " + address + "/v1")));
        head.addClassName("panel-head");
        if (showsPrices) {
            Anchor all = new Anchor("pricing", "All models and prices");
            all.setId("all-models");
            head.add(all);
        }
        return head;
    }

    /** Models that the visitor may call. */
    private Set<String> models() {
        Set<String> models = new LinkedHashSet<>();
        visitor.ask(new PricesFor(visitor.user())).offers().forEach(offer -> models.add(offer.model()));
        return models;
    }

    private void write() {
        reveal.setAriaLabel(revealed ? "Hide the key in the command" : "Show the key in the command");
        curl.show(command(revealed));
    }

    private String command(boolean whole) {
        TokenSummary chosen = key.getValue();
        String shown = chosen == null ? "sk-…" : whole ? keys.reveal(chosen.id()) : "sk-" + chosen.hint();
        String name = model.getValue() == null ? "gpt-4.1-mini" : model.getValue();
        return """
               curl -N %s/v1/chat/completions \\
                 -H 'Authorization: Bearer %s' \\
                 -H 'Content-Type: application/json' \\
                 -d '{"model": "%s", "stream": true,
                      "messages": [{"role": "user", "content": "Say hello"}]}'""".formatted(address, shown, name.replace("'", "").replace("\"", ""));
    }
}
