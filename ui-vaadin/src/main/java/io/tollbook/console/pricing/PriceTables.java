package io.tollbook.console.pricing;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.SmallTable;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.pricing.ContextTier;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceList;
import io.tollbook.kernel.pricing.PriceList.Offer;
import io.tollbook.kernel.pricing.PricedBy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What a model costs, kind by kind and group by group. */
final class PriceTables {
    private PriceTables() {}

    /** A line for each thing that is counted, a column for each group. */
    static SmallTable perGroup(PriceList prices, Offer offer, Tariff tariff) {
        List<String> groups = List.copyOf(offer.groups());
        List<String> heads = new ArrayList<>();
        heads.add(PricedBy.of(prices.price(offer)) == PricedBy.TOKENS ? "Price " + tariff.unit() : "Price");
        for (String group : groups) heads.add("#" + group + " × " + Amounts.decimal(factor(prices, group)));
        SmallTable table = new SmallTable(heads.toArray(String[]::new));
        ModelPrice price = prices.price(offer);
        switch (PricedBy.of(price)) {
            case TOKENS -> {
                for (Meter meter : meters(price))
                    line(
                            table,
                            prices,
                            groups,
                            ChargeSteps.meterName(meter),
                            factor -> tariff.tokens(price, meter, factor));
            }
            case PICTURE ->
                new TreeMap<>(price.perPicture())
                        .forEach((name, dollars) -> line(
                                table,
                                prices,
                                groups,
                                "A picture, " + name.replace("/", ", "),
                                factor -> tariff.money(dollars, factor)));
            case CALL -> line(table, prices, groups, "A call", factor -> tariff.piece(price, factor));
            case SECOND -> line(table, prices, groups, "A second", factor -> tariff.piece(price, factor));
            case EXPRESSION ->
                line(table, prices, groups, "The formula’s price", factor -> "× " + Amounts.decimal(factor));
        }
        tools(table, prices, offer, groups, tariff);
        return table;
    }

    private interface Cell {
        String of(BigDecimal factor);
    }

    private static void line(SmallTable table, PriceList prices, List<String> groups, String name, Cell cell) {
        List<Component> cells = new ArrayList<>();
        cells.add(new Span(name));
        for (String group : groups) cells.add(new Span(cell.of(factor(prices, group))));
        table.line(cells.toArray(Component[]::new));
    }

    /** Kinds without a price of their own are told once, as what they are priced as. */
    private static List<Meter> meters(ModelPrice price) {
        List<Meter> meters = new ArrayList<>(
                List.of(Meter.INPUT, Meter.CACHE_READ, Meter.CACHE_WRITE_5M, Meter.CACHE_WRITE_1H, Meter.OUTPUT));
        if (price.ownOrNone().reasoning() != null) meters.add(Meter.REASONING);
        if (price.ownOrNone().audioInput() != null) meters.add(Meter.AUDIO_INPUT);
        if (price.ownOrNone().audioCompletion() != null) meters.add(Meter.AUDIO_OUTPUT);
        if (price.ownOrNone().imageInput() != null) meters.add(Meter.IMAGE_INPUT);
        if (price.ownOrNone().imageOutput() != null) meters.add(Meter.IMAGE_OUTPUT);
        return meters;
    }

    private static void tools(SmallTable table, PriceList prices, Offer offer, List<String> groups, Tariff tariff) {
        prices.prices()
                .toolPrices(offer.model())
                .forEach((meter, dollars) -> line(
                        table,
                        prices,
                        groups,
                        ChargeSteps.meterName(meter) + ", 1,000",
                        factor -> tariff.money(dollars, factor)));
    }

    /** How the price of one group moves with the length of the prompt. */
    static SmallTable tiers(PriceList prices, ModelPrice price, String group, Tariff tariff) {
        SmallTable table = new SmallTable("Whole prompt", "#Input", "#Cache read", "#Output");
        BigDecimal factor = factor(prices, group);
        long first = price.tiers().getFirst().above();
        tier(table, "up to " + Amounts.number(first), price, factor, factor, tariff);
        for (int i = 0; i < price.tiers().size(); i++) {
            ContextTier tier = price.tiers().get(i);
            String to = i + 1 < price.tiers().size()
                    ? " to " + Amounts.number(price.tiers().get(i + 1).above())
                    : "";
            tier(
                    table,
                    "above " + Amounts.number(tier.above()) + to,
                    price,
                    factor.multiply(tier.input()),
                    factor.multiply(tier.output()),
                    tariff);
        }
        return table;
    }

    private static void tier(
            SmallTable table, String length, ModelPrice price, BigDecimal in, BigDecimal out, Tariff tariff) {
        table.line(
                length + " tokens",
                tariff.tokens(price, Meter.INPUT, in),
                tariff.tokens(price, Meter.CACHE_READ, in),
                tariff.tokens(price, Meter.OUTPUT, out));
    }

    static BigDecimal factor(PriceList prices, String group) {
        return prices.prices().groupRatio(prices.userGroup(), group);
    }
}
