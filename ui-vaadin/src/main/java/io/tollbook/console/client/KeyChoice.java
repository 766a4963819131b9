package io.tollbook.console.client;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.Tool;
import io.tollbook.console.token.Keys;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.token.TokenStatus;
import io.tollbook.kernel.token.TokenSummary;
import io.tollbook.kernel.token.TokensOf;
import java.util.List;

/** One of the visitor's own keys, hidden until they want to see it; they may make one here. */
class KeyChoice extends Div {
    private final Visitor visitor;
    private final Keys keys;
    private final Runnable changed;
    private final Select<TokenSummary> key = new Select<>();
    private final Button reveal;
    private boolean isRevealed;

    KeyChoice(Visitor visitor, Keys keys, Runnable changed) {
        this.visitor = visitor;
        this.keys = keys;
        this.changed = changed;
        addClassName("first-call-choice");
        key.setId("api-key");
        key.setLabel("Key");
        key.setItemLabelGenerator(token ->
                token.terms().name().isEmpty() ? token.hint() : token.terms().name());
        key.setPlaceholder("You have no key yet");
        key.addValueChangeListener(change -> {
            isRevealed = false;
            write();
        });
        reveal = Tool.icon("Show the key in the samples", Glyph.EYE, click -> {
            isRevealed = !isRevealed;
            if (!Notices.attempt(this::write)) isRevealed = false;
        });
        reveal.setId("api-reveal");
        Button create = Tool.plain("api-new-key", "New key", Glyph.PLUS, click -> Notices.attempt(this::create));
        add(key, Marks.row(reveal, create));
        fill(null);
    }

    private void fill(@org.jspecify.annotations.Nullable TokenId chosen) {
        List<TokenSummary> usable =
                visitor.ask(new TokensOf(visitor.user(), null, null, Paging.first(100))).items().stream()
                        .filter(token -> token.status() == TokenStatus.ENABLED)
                        .toList();
        key.setItems(usable);
        usable.stream()
                .filter(token -> chosen == null || token.id().equals(chosen))
                .findFirst()
                .ifPresent(key::setValue);
        reveal.setEnabled(!usable.isEmpty());
    }

    private void create() {
        TokenId made = keys.createUnlimited("Made for a program");
        fill(made);
        Notices.done("Key created.");
    }

    private void write() {
        reveal.setAriaLabel(isRevealed ? "Hide the key in the samples" : "Show the key in the samples");
        changed.run();
    }

    /** As it stands on the page. */
    String shown() {
        TokenSummary chosen = key.getValue();
        if (chosen == null) return CodeSample.KEY;
        return isRevealed ? keys.reveal(chosen.id()) : "sk-" + chosen.hint();
    }

    /** As it is copied. */
    String whole() {
        TokenSummary chosen = key.getValue();
        return chosen == null ? CodeSample.KEY : keys.reveal(chosen.id());
    }
}
