package io.tollbook.console.catalogue;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Clip;
import io.tollbook.console.page.Marks;
import io.tollbook.console.pricing.PriceWords;
import io.tollbook.kernel.catalogue.Endpoints;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.ModelRow;
import io.tollbook.kernel.catalogue.VendorId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the list of models shows one. */
final class ModelCells {
    private static final int SHOWN_TAGS = 3;

    private ModelCells() {}

    static @Nullable ModelDescription told(ModelRow row) {
        return row.told() == null ? null : row.told().description();
    }

    static Component name(ModelRow row) {
        Div name = Marks.row(Marks.text(row.name(), "strong"), Clip.button("name", row::name));
        ModelDescription told = told(row);
        String below;
        if (row.isRule())
            below = ChangeWords.rule(row.own().description().rule()) + ", fits "
                    + row.matched().size() + (row.matched().size() == 1 ? " model" : " models");
        else if (told != null && row.own() == null) below = "by the rule " + told.name();
        else below = told == null ? "" : told.description();
        Component both = below.isEmpty() ? name : Marks.stacked(name, Marks.dim(below));
        both.getElement()
                .setAttribute(
                        "title",
                        row.isRule() ? String.join(", ", row.matched()) : told == null ? "" : told.description());
        return both;
    }

    static Component status(ModelRow row) {
        Div marks = Marks.row();
        if (row.isDisabled()) marks.add(Marks.pill("disabled", Marks.Tone.NEUTRAL));
        else if (!row.isMissing() && !row.isUnpriced()) marks.add(Marks.pill("enabled", Marks.Tone.GOOD));
        if (row.isUnpriced()) {
            Span unpriced = Marks.pill("unpriced", Marks.Tone.BAD);
            unpriced.setTitle("A channel serves it, and nobody can call it: it has no price.");
            marks.add(unpriced);
        }
        if (row.isMissing()) {
            Span missing = Marks.pill("not described", Marks.Tone.WARNING);
            missing.setTitle("A channel serves it, and nothing is told of it.");
            marks.add(missing);
        }
        return marks;
    }

    static Component vendor(ModelRow row, Map<VendorId, String> vendors) {
        ModelDescription told = told(row);
        if (told == null || told.vendor() == null) return Marks.dim("–");
        return new Span(vendors.getOrDefault(told.vendor(), "vendor " + told.vendor()));
    }

    static Component tags(ModelRow row) {
        ModelDescription told = told(row);
        if (told == null || told.tags().isEmpty()) return Marks.dim("–");
        List<String> tags = told.tags();
        Div marks = Marks.row();
        tags.stream().limit(SHOWN_TAGS).forEach(tag -> marks.add(Marks.pill(tag, Marks.Tone.NEUTRAL)));
        if (tags.size() > SHOWN_TAGS) marks.add(Marks.dim("+" + (tags.size() - SHOWN_TAGS)));
        marks.getElement().setAttribute("title", String.join(", ", tags));
        return marks;
    }

    static Component endpoints(ModelRow row) {
        ModelDescription told = told(row);
        if (told == null || told.endpoints().isEmpty()) return Marks.dim("usual");
        Span kinds = new Span(String.join(", ", Endpoints.of(told.endpoints()).keySet()));
        kinds.setTitle(told.endpoints());
        return kinds;
    }

    static Component price(ModelRow row) {
        if (row.isRule()) return Marks.dim("–");
        if (row.price() == null) return Marks.text("no price", row.channels() > 0 ? "bad" : "dim");
        return new Span(PriceWords.of(row.price()));
    }

    static Component served(ModelRow row) {
        if (row.isRule()) return Marks.dim("–");
        if (row.channels() == 0) return Marks.dim("no channel");
        Component both = Marks.stacked(
                new Span(Amounts.number(row.channels()) + (row.channels() == 1 ? " channel" : " channels")),
                Marks.dim(String.join(", ", row.groups())));
        both.getElement().setAttribute("title", String.join(", ", row.groups()));
        return both;
    }
}
