package io.tollbook.console.pricing;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.log.LogAddress;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Clip;
import io.tollbook.console.page.Facts;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Segments;
import io.tollbook.console.settings.Site;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.BillingRules;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceList;
import io.tollbook.kernel.pricing.PriceList.Offer;
import io.tollbook.kernel.pricing.PricedBy;
import io.tollbook.kernel.settings.DisplayCurrency;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One model: what it costs each group, how it is charged, what a call would cost, and how to make one. */
@Route("pricing/:model*")
@OpenTo(value = Role.GUEST, auditors = true, gate = OpenTo.Gate.PRICING)
class ModelPriceView extends Main implements BeforeEnterObserver, HasDynamicTitle {
    private final Visitor visitor;
    private final Site site;
    private Select<String> group = new Select<>();
    private Segments<String> as = segments("as", "Prices as", "Price", "Ratio");
    private Segments<String> per = segments("per", "Tokens by", "1M", "1K");
    private final Anchor back = new Anchor("pricing", "← All models");
    private Div overview = new Div();
    private String title = "";

    ModelPriceView(Visitor visitor, Site site) {
        this.visitor = visitor;
        this.site = site;
        addClassNames("view", "view-flow", "model-price");
    }

    private static Segments<String> segments(String name, String label, String... values) {
        Segments<String> segments = new Segments<>(label, List.of(values), one -> one);
        segments.setId("look-" + name);
        segments.setValue(values[0]);
        return segments;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Map<String, String> asked = parameters(event.getLocation());
        String name = asked.containsKey(ModelAddress.NAME)
                ? asked.get(ModelAddress.NAME)
                : ModelAddress.model(event.getRouteParameters().getWildcard("model"));
        if (name.isEmpty()) {
            event.forwardTo("pricing");
            return;
        }
        PriceList prices = PricingView.offered(visitor);
        Optional<Offer> offer = prices.offer(name);
        if (offer.isEmpty()) {
            // Not “the model does not exist”: what is not open to somebody is none of their business.
            event.rerouteToError(
                    new Refused(
                            Refusal.NOT_FOUND, "No model of this name is offered to you. It may have been mistyped."),
                    "");
            return;
        }
        show(prices, offer.get(), asked);
    }

    private static Map<String, String> parameters(Location location) {
        Map<String, String> first = new LinkedHashMap<>();
        location.getQueryParameters().getParameters().forEach((name, values) -> {
            if (!values.isEmpty()) first.put(name, values.getFirst());
        });
        return first;
    }

    @Override
    public String getPageTitle() {
        return title + " · Tollbook";
    }

    private void show(PriceList prices, Offer offer, Map<String, String> asked) {
        // From one model to another the page stays and all on it is made anew.
        removeAll();
        title = offer.model();
        group = new Select<>();
        group.setId("model-group");
        group.setAriaLabel("Prices for group");
        as = segments("as", "Prices as", "Price", "Ratio");
        per = segments("per", "Tokens by", "1M", "1K");
        overview = new Div();
        overview.setId("overview");
        overview.addClassNames("panel", "panel-pad");
        DisplayCurrency currency = site.currency();
        OfferedModel shown = OfferedModel.of(prices, offer, asked.get("group"), Instant.now());
        group.setItems(offer.groups());
        group.setItemLabelGenerator(one -> one + " × " + Amounts.decimal(PriceTables.factor(prices, one)));
        group.setValue(shown.group());
        as.setValue("ratio".equals(asked.get("as")) ? "Ratio" : "Price");
        per.setValue("1k".equals(asked.get("per")) ? "1K" : "1M");
        Calculator calculator = new Calculator(prices, offer, shown.group(), currency);
        Runnable again = () -> {
            fill(prices, offer, currency);
            remember(offer);
            showBack();
        };
        group.addValueChangeListener(change -> {
            calculator.forGroup(group.getValue());
            again.run();
        });
        as.addValueChangeListener(change -> again.run());
        per.addValueChangeListener(change -> again.run());
        showBack();
        fill(prices, offer, currency);
        Div halves = new Div(rules(prices, offer, currency), calculator);
        halves.addClassName("halves");
        add(head(offer), overview, halves, new CallPanel(offer, site.address()));
    }

    private void showBack() {
        back.setHref("pricing?" + LogAddress.query(look()));
    }

    private Component head(Offer offer) {
        H1 name = new H1(offer.model());
        back.setId("all-models");
        Div words = new Div(back, Marks.row(name, Clip.button("name", offer::model)));
        words.addClassName("view-words");
        if (!offer.description().isEmpty()) words.add(new Paragraph(offer.description()));
        Div pills = new Div();
        pills.addClassName("pills");
        if (!offer.vendor().isEmpty()) pills.add(Marks.pill(offer.vendor(), Marks.Tone.NEUTRAL));
        offer.tags().forEach(tag -> pills.add(Marks.pill(tag, Marks.Tone.ACCENT)));
        words.add(pills);
        Div looks = new Div(group, as, per);
        looks.addClassNames("view-actions", "looks");
        Div head = new Div(words, looks);
        head.addClassName("view-head");
        return head;
    }

    private Tariff tariff(DisplayCurrency currency) {
        return new Tariff(
                currency, as.getValue().equals("Ratio"), per.getValue().equals("1K"));
    }

    private void fill(PriceList prices, Offer offer, DisplayCurrency currency) {
        Tariff tariff = tariff(currency);
        ModelPrice price = prices.price(offer);
        overview.removeAll();
        overview.add(new H2("Prices"), Marks.box("scroll-x", PriceTables.perGroup(prices, offer, tariff)));
        if (PricedBy.of(price) == PricedBy.TOKENS && !price.tiers().isEmpty())
            overview.add(section(
                    "Long prompts, " + tariff.unit() + ", for " + group.getValue(),
                    Marks.box("scroll-x", PriceTables.tiers(prices, price, group.getValue(), tariff))));
        if (price.expression() != null)
            overview.add(section(
                    "Formula, in US dollars per 1M tokens",
                    formula(price.expression().text())));
        planned(prices, offer, tariff);
        Facts facts = new Facts();
        facts.add("Charged", PricedBy.of(price).words());
        facts.add("Longest answer", Amounts.number(prices.prices().maxOutputTokens(offer.model())) + " tokens");
        prices.groups().forEach((name, description) -> {
            if (offer.groups().contains(name) && !description.isBlank()) facts.add("Group " + name, description);
        });
        overview.add(section("More", facts));
    }

    private static Component formula(String text) {
        Div formula = new Div(text);
        formula.addClassNames("code", "formula");
        return formula;
    }

    private static Component section(String name, Component content) {
        Div section = new Div(new com.vaadin.flow.component.html.H3(name), content);
        section.addClassName("section");
        return section;
    }

    private void planned(PriceList prices, Offer offer, Tariff tariff) {
        PriceDocument before = prices.prices();
        for (PriceList.Planned next : prices.planned()) {
            boolean same = before.chargesAlike(next.prices(), offer.model(), prices.userGroup(), offer.groups());
            before = next.prices();
            if (same) continue;
            PriceList then =
                    new PriceList("", prices.userGroup(), prices.groups(), next.prices(), List.of(offer), List.of());
            Component content = next.prices().price(offer.model()).isEmpty()
                    ? Marks.text("It will have no price, and can then not be called.", "bad")
                    : Marks.box("scroll-x", PriceTables.perGroup(then, offer, tariff));
            Component section = section("From " + Moments.minute(next.from()) + " it will cost", content);
            section.addClassName("planned-price");
            overview.add(section);
            next.prices()
                    .price(offer.model())
                    .filter(price -> price.expression() != null)
                    .ifPresent(price -> overview.add(formula(String.valueOf(price.expression()))));
        }
    }

    private static Component rules(PriceList prices, Offer offer, DisplayCurrency currency) {
        Div panel = new Div(new H2("How it is charged"));
        panel.setId("rules");
        panel.addClassNames("panel", "panel-pad");
        Facts facts = new Facts();
        for (BillingRules.Rule rule :
                BillingRules.of(prices.prices(), offer.model(), prices.userGroup(), offer.groups(), currency)) {
            UnorderedList sentences = new UnorderedList();
            sentences.addClassName("rule");
            rule.sentences().forEach(sentence -> sentences.add(new ListItem(sentence)));
            facts.add(rule.subject(), sentences);
        }
        panel.add(facts, Marks.dim("Made from the price document that charges. Prices are list prices."));
        return panel;
    }

    /** The address follows what is chosen, so that it can be passed on. */
    private void remember(Offer offer) {
        UI.getCurrent().getPage().getHistory().replaceState(null, ModelAddress.of(offer.model(), look()));
    }

    /** As the list of models says it, too. */
    private Map<String, String> look() {
        Map<String, String> look = new LinkedHashMap<>();
        look.put("group", group.getValue());
        if (as.getValue().equals("Ratio")) look.put("as", "ratio");
        if (per.getValue().equals("1K")) look.put("per", "1k");
        return look;
    }
}
