package io.tollbook.console.statistics;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
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
import io.tollbook.console.token.Keys;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.pricing.PricesInForce;
import io.tollbook.kernel.token.TokenStatus;
import io.tollbook.kernel.token.TokenSummary;
import io.tollbook.kernel.token.TokensOf;
import io.tollbook.kernel.user.Role;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How to make a call: a command to paste, with one of the visitor's keys in it. The key is copied, and shown on demand. */
class FirstCall extends Div {
    private final Visitor visitor;
    private final Keys keys;
    private final String address;
    private final Select<TokenSummary> key = new Select<>();
    private final Select<String> model = new Select<>();
    private final Snippet curl = new Snippet("curl", "command", () -> command(true));
    private final Button reveal;
    private boolean revealed;

    FirstCall(Visitor visitor, Keys keys, String address) {
        this.visitor = visitor;
        this.keys = keys;
        this.address = address;
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
        return head;
    }

    /** Models that are priced, and first those which a channel surely serves. */
    private Set<String> models() {
        Set<String> priced = new LinkedHashSet<>();
        visitor.ask(new PricesInForce())
                .ifPresent(version ->
                        version.document().models().keySet().stream().sorted().forEach(priced::add));
        if (!visitor.isAtLeast(Role.ADMIN)) return priced;
        Set<String> served = new LinkedHashSet<>();
        visitor.ask(new Channels(null, null, null, true, null, Channels.Order.PRIORITY, true, Paging.first(20)))
                .items()
                .forEach(channel -> served.addAll(channel.terms().models()));
        Set<String> all = new LinkedHashSet<>(served);
        all.retainAll(priced);
        all.addAll(priced);
        all.addAll(served);
        return all;
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
