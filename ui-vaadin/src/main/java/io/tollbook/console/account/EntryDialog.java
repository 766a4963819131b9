package io.tollbook.console.account;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Clip;
import io.tollbook.console.page.Facts;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Snippet;
import io.tollbook.kernel.account.BookEntry;
import io.tollbook.kernel.account.Quota;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One event as it is stored. */
class EntryDialog extends Dialog {
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** @param goTo shows the book as of this entry */
    EntryDialog(BookEntry entry, Consumer<BookEntry> goTo) {
        setId("entry");
        setHeaderTitle(entry.summary());
        setWidth("720px");
        setMaxWidth("100%");
        Facts facts = new Facts();
        facts.add("Event", Marks.code(entry.name()));
        facts.add("Recorded", Moments.milli(entry.recordedAt()));
        facts.add(
                "Place",
                "event " + Amounts.number(entry.position()) + " of the store, " + Amounts.number(entry.sequence())
                        + " of the account");
        facts.add(
                "Change",
                Marks.row(change(entry), Marks.dim(Amounts.number(entry.change().units()) + " quota")));
        facts.add("Available after", Marks.usd(entry.available()));
        if (entry.hold() != null) {
            String hold = entry.hold();
            Anchor log =
                    new Anchor("log?request=" + URLEncoder.encode(hold, StandardCharsets.UTF_8), "In the usage log");
            log.setId("entry-log");
            facts.add("Call", Marks.row(Marks.code(hold), Clip.button("request id", () -> hold), log));
        }
        lots(facts, entry.payload());
        add(facts, stored("entry-payload", "Stored event", entry.payload()));
        add(stored("entry-metadata", "Stored metadata", entry.metadata()));
        Button asOf = new Button("The book as of here", click -> {
            close();
            goTo.accept(entry);
        });
        asOf.setId("entry-as-of");
        Button close = new Button("Close", click -> close());
        close.setId("entry-close");
        getFooter().add(asOf, Marks.text("", "grow"), close);
    }

    /** Which lots paid, or were set aside. */
    private static void lots(Facts facts, String payload) {
        JsonNode event;
        try {
            event = PRETTY.readTree(payload);
        } catch (JacksonException e) {
            return; // The stored bytes below are all there is to say.
        }
        JsonNode slices = event.has("burned") ? event.path("burned") : event.path("slices");
        if (slices.isEmpty()) return;
        Div lines = new Div();
        for (JsonNode slice : slices)
            lines.add(Marks.row(
                    Marks.code(slice.path("lot").stringValue("")),
                    Marks.usd(Quota.of(slice.path("amount").longValue(0)))));
        Anchor all = new Anchor("lots/" + event.path("account").longValue(0) + "?empty=yes", "All lots");
        all.setId("entry-lots");
        lines.add(all);
        facts.add(event.has("burned") ? "Paid by lots" : "Set aside from", lines);
    }

    static Component change(BookEntry entry) {
        if (entry.change().isZero()) return Marks.dim("–");
        return Marks.text(Amounts.change(entry.change()), entry.change().isNegative() ? "out" : "in");
    }

    /** Shown with line breaks, copied as it is. */
    private static Component stored(String id, String title, String json) {
        Snippet snippet = new Snippet(id, "stored bytes", () -> json);
        snippet.show(pretty(json));
        Div section = new Div(new H3(title), snippet);
        section.addClassName("section");
        return section;
    }

    private static String pretty(String json) {
        try {
            return PRETTY.writeValueAsString(PRETTY.readTree(json));
        } catch (JacksonException e) {
            return json; // What is stored is shown, readable or not.
        }
    }
}
