package io.tollbook.console.pricing;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.console.page.Filters;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Segments;
import io.tollbook.kernel.pricing.EndpointKind;
import io.tollbook.kernel.pricing.PriceList;
import io.tollbook.kernel.pricing.PricedBy;
import io.tollbook.kernel.settings.DisplayCurrency;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields that narrow the models, each choice with how many it would leave, and how the page shows them. */
class PricingFilters extends Filters {
    private final TextField search;
    private final Select<String> group;
    private final Select<Sort> sort = new Select<>();
    private final Segments<String> view = segments("Models as", "Cards", "Table");
    private final Segments<String> as = segments("Prices as", "Price", "Ratio");
    private final Segments<String> per = segments("Tokens by", "1M", "1K");
    private final List<Facet<?>> facets = new ArrayList<>();

    enum Sort {
        NAME("Name", Comparator.comparing(one -> one.offer().model(), String.CASE_INSENSITIVE_ORDER)),
        NAME_DOWN("Name, Z first", NAME.order.reversed()),
        PRICE("Cheapest first", Comparator.comparing(OfferedModel::sample)),
        PRICE_DOWN("Dearest first", PRICE.order.reversed());

        private final String label;
        private final Comparator<OfferedModel> order;

        Sort(String label, Comparator<OfferedModel> order) {
            this.label = label;
            this.order = order;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private record Facet<E>(Select<E> field, Function<E, String> words, Function<OfferedModel, Collection<E>> of) {
        boolean takes(OfferedModel model) {
            return field.getValue() == null || of.apply(model).contains(field.getValue());
        }

        /** @param models those that the other filters leave */
        void count(List<OfferedModel> models) {
            Map<E, Integer> counts = new LinkedHashMap<>();
            for (OfferedModel model : models) for (E value : of.apply(model)) counts.merge(value, 1, Integer::sum);
            field.setEmptySelectionCaption("All (" + models.size() + ")");
            field.setItemLabelGenerator(value -> value == null
                    ? "All (" + models.size() + ")"
                    : words.apply(value) + " (" + counts.getOrDefault(value, 0) + ")");
        }
    }

    PricingFilters(PriceList prices) {
        search = text("q", "Search models");
        search.setPrefixComponent(Glyph.SEARCH.icon());
        group = facet(
                "group",
                "Group",
                all(prices, offer -> List.copyOf(offer.groups())),
                one -> groupName(prices, one),
                one -> one,
                model -> model.offer().groups());
        facet(
                "type",
                "Charged",
                Arrays.asList(PricedBy.values()),
                Tariff::kind,
                by -> by.name().toLowerCase(Locale.ROOT),
                model -> List.of(model.by()));
        facet(
                "endpoint",
                "Endpoint",
                all(prices, PriceList.Offer::endpoints),
                PricingFilters::endpointName,
                one -> one,
                model -> model.offer().endpoints());
        facet(
                "vendor",
                "Vendor",
                all(prices, PricingFilters::vendors),
                one -> one,
                one -> one,
                model -> vendors(model.offer()));
        facet(
                "tag",
                "Tag",
                all(prices, PriceList.Offer::tags),
                one -> one,
                one -> one,
                model -> model.offer().tags());
        sort.setLabel("Order");
        sort.setItems(Sort.values());
        sort.setItemLabelGenerator(one -> one.label);
        sort.setTooltipText("Prices are compared by a call of 1,000 tokens in and 500 out");
        look("sort", sort, Arrays.asList(Sort.values()), Sort.NAME, Sort::key);
        look("view", view, List.of("Cards", "Table"), "Cards", PricingFilters::lower);
        look("as", as, List.of("Price", "Ratio"), "Price", PricingFilters::lower);
        look("per", per, List.of("1M", "1K"), "1M", PricingFilters::lower);
        add(sort);
    }

    private static Segments<String> segments(String name, String... values) {
        return new Segments<>(name, List.of(values), one -> one);
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    private static String groupName(PriceList prices, String group) {
        String description = prices.groups().getOrDefault(group, "");
        return description.isBlank() || description.equalsIgnoreCase(group) ? group : group + " · " + description;
    }

    static String endpointName(String key) {
        return EndpointKind.of(key).map(EndpointKind::label).orElse(key);
    }

    private static List<String> vendors(PriceList.Offer offer) {
        return offer.vendor().isEmpty() ? List.of() : List.of(offer.vendor());
    }

    private static List<String> all(PriceList prices, Function<PriceList.Offer, List<String>> part) {
        TreeSet<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        prices.offers().forEach(offer -> all.addAll(part.apply(offer)));
        return List.copyOf(all);
    }

    private <E> Select<E> facet(
            String name,
            String label,
            Collection<E> values,
            Function<E, String> words,
            Function<E, String> key,
            Function<OfferedModel, Collection<E>> of) {
        Select<E> field = choice(name, label, List.copyOf(values), words, key);
        field.setVisible(!values.isEmpty());
        facets.add(new Facet<>(field, words, of));
        return field;
    }

    /** The switches of how it looks, to be put where they belong. */
    Component looks() {
        return Marks.box("looks", as, per, view);
    }

    @Nullable
    String group() {
        return group.getValue();
    }

    boolean asTable() {
        return view.getValue().equals("Table");
    }

    Tariff tariff(DisplayCurrency currency) {
        return new Tariff(
                currency, as.getValue().equals("Ratio"), per.getValue().equals("1K"));
    }

    /** What a model's own page takes over of it. */
    Map<String, String> look() {
        Map<String, String> look = new LinkedHashMap<>();
        if (group.getValue() != null) look.put("group", group.getValue());
        if (!as.getValue().equals("Price")) look.put("as", lower(as.getValue()));
        if (!per.getValue().equals("1M")) look.put("per", lower(per.getValue()));
        return look;
    }

    /** Those that all filters leave, in order; tells each choice how many it would leave. */
    List<OfferedModel> of(List<OfferedModel> all) {
        String part = search.getValue().strip().toLowerCase(Locale.ROOT);
        List<OfferedModel> named =
                all.stream().filter(model -> model.names(part)).toList();
        for (Facet<?> facet : facets)
            facet.count(named.stream()
                    .filter(model -> facets.stream().allMatch(other -> other == facet || other.takes(model)))
                    .toList());
        return named.stream()
                .filter(model -> facets.stream().allMatch(facet -> facet.takes(model)))
                .sorted(sort.getValue()
                        .order
                        .thenComparing(model -> model.offer().model()))
                .toList();
    }
}
