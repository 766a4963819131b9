package io.tollbook.console.pricing;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Clip;
import io.tollbook.console.page.Marks;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.pricing.PricedBy;
import java.math.BigDecimal;
import java.util.Map;

/** One model among others: its name, what it costs, and how to get to the rest. */
class OfferCard extends Div {
    /** @param own the viewer's group, which goes without saying */
    OfferCard(OfferedModel model, Tariff tariff, Map<String, String> look, String own) {
        addClassNames("panel", "offer");
        String name = model.offer().model();
        Anchor link = link(model, look);
        link.addClassName("offer-link");
        Div head = new Div(link, Clip.button("name", () -> name));
        head.addClassName("offer-head");
        if (!model.offer().vendor().isEmpty()) add(Marks.dim(model.offer().vendor()));
        add(head);
        if (!model.offer().description().isEmpty()) {
            Paragraph words = new Paragraph(model.offer().description());
            words.addClassNames("dim", "offer-words");
            add(words);
        }
        add(figures(model, tariff), foot(model, tariff, own));
    }

    static Anchor link(OfferedModel model, Map<String, String> look) {
        Anchor link = new Anchor(
                ModelAddress.of(model.offer().model(), look), model.offer().model());
        link.addClassName("strong");
        link.setTitle(model.offer().model());
        return link;
    }

    private static Component figures(OfferedModel model, Tariff tariff) {
        Div figures = new Div();
        figures.addClassName("offer-figures");
        switch (model.by()) {
            case TOKENS -> {
                figures.add(figure("Input", tariff.tokens(model.price(), Meter.INPUT, model.factor())));
                figures.add(figure("Output", tariff.tokens(model.price(), Meter.OUTPUT, model.factor())));
                figures.add(figure("Cached", tariff.tokens(model.price(), Meter.CACHE_READ, model.factor())));
            }
            case EXPRESSION ->
                figures.add(figure(
                        "1,000 tokens in, 500 out",
                        tariff.money(model.sample().shown().divide(BigDecimal.valueOf(500_000)), BigDecimal.ONE)));
            default ->
                figures.add(figure(
                        (model.price().perPicture().size() > 1 ? "From, " : "") + Tariff.pieceName(model.by()),
                        tariff.piece(model.price(), model.factor())));
        }
        return figures;
    }

    private static Component figure(String name, String value) {
        return Marks.stacked(Marks.dim(name), Marks.text(value, "offer-figure"));
    }

    private static Component foot(OfferedModel model, Tariff tariff, String own) {
        Div foot = new Div(Marks.pill(Tariff.kind(model.by()), Marks.Tone.NEUTRAL));
        foot.addClassName("pills");
        if (model.by() == PricedBy.TOKENS && !model.price().tiers().isEmpty())
            foot.add(Marks.pill("Long prompts differ", Marks.Tone.NEUTRAL));
        model.offer().tags().forEach(tag -> foot.add(Marks.pill(tag, Marks.Tone.ACCENT)));
        if (!model.group().equals(own) || model.factor().compareTo(BigDecimal.ONE) != 0)
            foot.add(Marks.pill(groupName(model), Marks.Tone.NEUTRAL));
        if (model.by() == PricedBy.TOKENS) foot.add(unit(tariff));
        return foot;
    }

    static String groupName(OfferedModel model) {
        return model.group() + " × " + Amounts.decimal(model.factor());
    }

    private static Span unit(Tariff tariff) {
        return Marks.text(tariff.ratios() ? "ratio" : tariff.unit(), "dim", "offer-unit");
    }
}
