package io.tollbook.console.account;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Facts;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.SmallTable;
import io.tollbook.console.page.View;
import io.tollbook.kernel.account.QuarantinedCall;
import io.tollbook.kernel.account.QuarantinedCalls;
import io.tollbook.kernel.account.UsageFault;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.Arrays;

/** Calls whose provider reported usage that cannot be, with what it said and what was charged all the same. */
@Route("quarantine")
@OpenTo(value = Role.ADMIN, auditors = true)
class QuarantineView extends View implements AfterNavigationObserver {
    private final Visitor visitor;
    private final CallFilters filters = new CallFilters();
    private final Select<UsageFault> fault;
    private final ListGrid<QuarantinedCall> list = new ListGrid<>(
            "quarantine",
            "Quarantined usage",
            new Empty(
                    Glyph.CHECK,
                    "All usage could be believed",
                    "A provider’s figures come here when they are negative, too large or contradict each other."));

    QuarantineView(Visitor visitor) {
        super("Quarantined usage", "Providers said what cannot be. The calls were charged as the site’s option says.");
        this.visitor = visitor;
        fault = filters.choice(
                "fault", "Fault", Arrays.asList(UsageFault.values()), QuarantineView::label, UsageFault::name);
        list.addClassName("clickable");
        list.addItemClickListener(click -> dialog(click.getItem()).open());
        columns();
        add(filters, list.panel());
    }

    private static String label(UsageFault fault) {
        return switch (fault) {
            case NOT_A_COUNT -> "no count";
            case CACHE_ABOVE_PROMPT -> "cache above prompt";
            case CACHE_PARTS_ABOVE_WHOLE -> "cache writes above sum";
            case MEDIA_ABOVE_PROMPT -> "media above prompt";
            case TOO_MANY_TOOL_USES -> "Too many tool uses";
            case PARTS_ABOVE_ANSWER -> "parts above answer";
        };
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.read(event.getLocation());
        list.source((paging, order) -> visitor.ask(new QuarantinedCalls(filters.filter(), fault.getValue(), paging)));
    }

    private void columns() {
        list.addComponentColumn(call -> CallCells.age(call.settledAt(), Instant.now()))
                .setHeader("Settled")
                .setWidth("172px")
                .setFlexGrow(0);
        list.addComponentColumn(call -> CallCells.what(call))
                .setHeader("Model, channel")
                .setWidth("160px")
                .setFlexGrow(1);
        list.addComponentColumn(call -> Marks.pill(label(call.usage().fault()), Marks.Tone.WARNING))
                .setHeader("Fault")
                .setWidth("190px")
                .setFlexGrow(0);
        list.addComponentColumn(call -> CallCells.who(call))
                .setHeader("User, key")
                .setWidth("140px")
                .setFlexGrow(1);
        list.addComponentColumn(call -> Marks.usd(call.charged()))
                .setHeader("Charged")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("124px")
                .setFlexGrow(0);
        list.addComponentColumn(call -> CallCells.request(call))
                .setHeader("Request")
                .setWidth("150px")
                .setFlexGrow(1);
        list.cards(call -> {
            Div card = new Div(
                    Marks.box("card-line", CallCells.what(call), Marks.usd(call.charged())),
                    Marks.box(
                            "card-line",
                            CallCells.who(call),
                            Marks.pill(label(call.usage().fault()), Marks.Tone.WARNING)),
                    CallCells.age(call.settledAt(), Instant.now()));
            card.addClassName("card-row");
            return card;
        });
    }

    private static Dialog dialog(QuarantinedCall call) {
        Dialog dialog = new Dialog();
        dialog.setId("usage");
        dialog.setHeaderTitle("Usage that cannot be");
        dialog.setWidth("640px");
        dialog.setMaxWidth("100%");
        Facts facts = CallCells.facts(call)
                .add("Because", call.usage().fault().words())
                .add("Settled", Moments.milli(call.settledAt()))
                .add("Held", Marks.usd(call.held()))
                .add("Charged", Marks.usd(call.charged()));
        if (call.upstreamRequest() != null) facts.add("At the provider", Marks.code(call.upstreamRequest()));
        SmallTable fields = new SmallTable("Field", "#Value");
        call.usage().fields().forEach((name, value) -> fields.line(Marks.code(name), Marks.code(value)));
        Div section = new Div(new H3("What the provider said"), fields);
        if (call.usage().cut()) section.add(Marks.dim("There was more, which is not kept."));
        section.addClassName("section");
        Button close = new Button("Close", click -> dialog.close());
        close.setId("usage-close");
        dialog.add(facts, section);
        dialog.getFooter().add(close);
        return dialog;
    }
}
