package io.tollbook.console.catalogue;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Confirm;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Filters;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.Tool;
import io.tollbook.console.page.View;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.catalogue.CatalogueNow;
import io.tollbook.kernel.catalogue.RemoveVendor;
import io.tollbook.kernel.catalogue.Vendor;
import io.tollbook.kernel.user.Role;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who makes the models. */
@Route("vendors")
@OpenTo(value = Role.ADMIN, auditors = true)
class VendorsView extends View implements AfterNavigationObserver {
    private final Visitor visitor;
    private final boolean changes;
    private final Filters filters = new Filters();
    private final TextField search;
    private final ListGrid<Vendor> list;

    VendorsView(Visitor visitor) {
        super("Vendors", "Who makes the models. The price page sorts by them.");
        this.visitor = visitor;
        changes = !visitor.isAuditor();
        if (changes) actions(Tool.primary("new-vendor", "New vendor", Glyph.PLUS, click -> edit(null)));
        search = filters.text("q", "Search vendors");
        search.setPrefixComponent(Glyph.SEARCH.icon());
        list = new ListGrid<>(
                "vendors",
                "Vendors",
                new Empty(Glyph.USER, "No vendors here", "Add one, then choose it for its models."));
        columns();
        add(filters, list.panel());
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.read(event.getLocation());
        show();
    }

    private void show() {
        String part = search.getValue().strip().toLowerCase(Locale.ROOT);
        List<Vendor> found = visitor.ask(new CatalogueNow()).vendors().stream()
                .filter(vendor -> (vendor.terms().name() + " " + vendor.terms().description())
                        .toLowerCase(Locale.ROOT)
                        .contains(part))
                .toList();
        list.source((paging, order) -> new Page<>(
                found.stream().skip(paging.offset()).limit(paging.limit()).toList(), found.size()));
    }

    private void columns() {
        list.addComponentColumn(VendorsView::name)
                .setHeader("Vendor")
                .setWidth("240px")
                .setFlexGrow(3);
        list.addComponentColumn(VendorsView::status)
                .setHeader("Status")
                .setWidth("120px")
                .setFlexGrow(0);
        list.addComponentColumn(VendorsView::models)
                .setHeader("Models")
                .setWidth("120px")
                .setFlexGrow(0);
        list.addColumn(vendor -> Moments.minute(vendor.changedAt()))
                .setHeader("Changed")
                .setWidth("160px")
                .setFlexGrow(0);
        if (changes)
            list.addComponentColumn(this::tools).setHeader("").setWidth("92px").setFlexGrow(0);
        list.cards(vendor -> {
            Div card = new Div(
                    Marks.box("card-line", name(vendor), changes ? tools(vendor) : new Span()),
                    Marks.box("card-line", status(vendor), models(vendor)));
            card.addClassName("card-row");
            return card;
        });
    }

    private static Component name(Vendor vendor) {
        Span name = Marks.text(vendor.terms().name(), "strong");
        if (vendor.terms().description().isEmpty()) return name;
        Component both = Marks.stacked(name, Marks.dim(vendor.terms().description()));
        both.getElement().setAttribute("title", vendor.terms().description());
        return both;
    }

    private static Component status(Vendor vendor) {
        return vendor.terms().enabled()
                ? Marks.pill("shown", Marks.Tone.GOOD)
                : Marks.pill("hidden", Marks.Tone.NEUTRAL);
    }

    private static Component models(Vendor vendor) {
        if (vendor.models() == 0) return Marks.dim("none");
        return new Anchor(
                "models?vendor=" + vendor.id(),
                vendor.models() + (vendor.models() == 1 ? " description" : " descriptions"));
    }

    private Component tools(Vendor vendor) {
        String name = vendor.terms().name();
        Button edit = Tool.icon("Edit " + name, Glyph.EDIT, click -> edit(vendor));
        edit.addClassName("edit");
        Button remove = Tool.icon(
                "Remove " + name,
                Glyph.TRASH,
                click -> Confirm.destructive(
                        "Remove the vendor “" + name + "”?",
                        "Only a vendor without models can be removed.",
                        "Remove",
                        () -> {
                            visitor.send(new RemoveVendor(vendor.id()));
                            show();
                            Notices.done("Vendor removed.");
                        }));
        remove.addClassName("delete");
        return Marks.box("row-tools", edit, remove);
    }

    private void edit(@Nullable Vendor vendor) {
        new VendorDialog(visitor, vendor, this::show).open();
    }
}
