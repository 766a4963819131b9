package io.tollbook.console.catalogue;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.SmallTable;
import io.tollbook.console.page.Tool;
import io.tollbook.console.pricing.Pricing;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.catalogue.SiteReader;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.OfferedPrices;
import io.tollbook.kernel.pricing.PriceDifference;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PricesInForce;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Prices of another site beside ours: what differs is chosen cell by cell and published as one version. */
class SyncDialog extends FormDialog {
    private static final int SHOWN_MAX = 200;

    private final Visitor visitor;
    private final SiteReader reader;
    private final TextField address = new TextField("Address of the site");
    private final TextField search = new TextField("Search models");
    private final Checkbox known = new Checkbox("Only models that we have a price for");
    private final Div found = new Div();
    private final Set<PriceDifference> chosen = new LinkedHashSet<>();
    private List<PriceDifference> differences = List.of();

    SyncDialog(Visitor visitor, SiteReader reader, Runnable after) {
        super("sync", "Prices of another site", "Publish chosen");
        this.visitor = visitor;
        this.reader = reader;
        setWidth("920px");
        address.setId("sync-address");
        address.setRequiredIndicatorVisible(true);
        address.setPlaceholder("https://example.com");
        address.setHelperText(
                "A site with New API's /api/pricing or /api/ratio_config. Its prices are only read when you press the button.");
        address.setAutofocus(true);
        Button fetch = Tool.plain("sync-fetch", "Compare", Glyph.SEARCH, click -> Notices.attempt(this::fetch));
        search.setId("sync-search");
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addValueChangeListener(change -> show());
        known.setId("sync-known");
        known.setValue(true);
        known.addValueChangeListener(change -> show());
        found.setId("sync-found");
        search.setVisible(false);
        known.setVisible(false);
        broad(address, fetch, search, known, found);
        saveButton().setEnabled(false);
        onSave(() -> {
            PriceDocument ours = ours();
            PriceDocument then = OfferedPrices.applied(ours, chosen);
            Map<String, @Nullable ModelPrice> changed = new TreeMap<>();
            for (PriceDifference one : chosen)
                changed.put(one.model(), then.models().get(one.model()));
            Pricing.publish(visitor, changed, "from " + address.getValue().strip(), after);
        });
    }

    private PriceDocument ours() {
        return visitor.ask(new PricesInForce())
                .orElseThrow(() -> Refused.invalid("Publish a first price version before comparing."))
                .document();
    }

    private void fetch() {
        chosen.clear();
        found.removeAll();
        OfferedPrices offered = OfferedPrices.read(reader.read(source(address.getValue())));
        differences = offered.differences(ours());
        search.setVisible(true);
        known.setVisible(true);
        show();
    }

    /** A bare address of a site stands for its price list. */
    static String source(String address) {
        String site = address.strip();
        while (site.endsWith("/")) site = site.substring(0, site.length() - 1);
        if (site.isEmpty()) throw Refused.invalid("Enter the address of the site.");
        int path = site.indexOf('/', site.indexOf("://") + 3);
        return path < 0 ? site + "/api/pricing" : site;
    }

    private void show() {
        found.removeAll();
        String part = search.getValue().strip().toLowerCase(Locale.ROOT);
        List<PriceDifference> shown = differences.stream()
                .filter(one -> one.model().toLowerCase(Locale.ROOT).contains(part))
                .filter(one -> !known.getValue() || one.current() != null)
                .toList();
        if (shown.isEmpty()) {
            found.add(Marks.dim(
                    differences.isEmpty()
                            ? "Both say the same."
                            : "None of " + differences.size() + " differences here."));
            count();
            return;
        }
        // Nobody takes over what they have not seen.
        List<PriceDifference> drawn = shown.subList(0, Math.min(SHOWN_MAX, shown.size()));
        Checkbox all = new Checkbox("All " + drawn.size() + " shown");
        all.setId("sync-all");
        SmallTable table = new SmallTable("", "Model", "Field", "Ours", "Theirs");
        List<Checkbox> boxes = new java.util.ArrayList<>();
        for (PriceDifference one : drawn) {
            Checkbox box = new Checkbox();
            box.setAriaLabel("Take " + one.field() + " of " + one.model());
            box.addClassName("sync-choice");
            box.setValue(chosen.contains(one));
            box.addValueChangeListener(change -> {
                if (change.getValue()) chosen.add(one);
                else chosen.remove(one);
                count();
            });
            boxes.add(box);
            Span theirs = new Span(one.offered());
            table.line(
                    box,
                    Marks.text(one.model(), "strong"),
                    new Span(one.field()),
                    one.current() == null ? Marks.dim("none") : new Span(one.current()),
                    one.confident()
                            ? theirs
                            : Marks.row(theirs, Marks.pill("looks like a default", Marks.Tone.WARNING)));
        }
        all.addValueChangeListener(change -> {
            if (change.getValue()) drawn.forEach(chosen::add);
            else drawn.forEach(chosen::remove);
            boxes.forEach(box -> box.setValue(change.getValue()));
            count();
        });
        found.add(all, Marks.box("scroll-x", table));
        if (shown.size() > SHOWN_MAX)
            found.add(Marks.dim("and " + (shown.size() - SHOWN_MAX) + " more; search to see them"));
        count();
    }

    private void count() {
        saveButton().setText(chosen.isEmpty() ? "Publish chosen" : "Publish " + chosen.size() + " chosen");
        saveButton().setEnabled(!chosen.isEmpty());
    }
}
