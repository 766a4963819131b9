package io.tollbook.console.pricing;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.SmallTable;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.pricing.Charge;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceList;
import io.tollbook.kernel.pricing.PriceList.Offer;
import io.tollbook.kernel.pricing.PricedBy;
import io.tollbook.kernel.pricing.expression.Circumstances;
import io.tollbook.kernel.settings.DisplayCurrency;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What one call would cost, added up by the code that charges, with every step. */
class Calculator extends Div {
    private static final int MOST = (int) Meters.COUNT_MAX;

    private final PriceList prices;
    private final Offer offer;
    private final DisplayCurrency currency;
    private final Select<String> size = new Select<>();
    private final Map<Meter, IntegerField> fields = new LinkedHashMap<>();
    private final Div sum = new Div();
    private String group;

    Calculator(PriceList prices, Offer offer, String group, DisplayCurrency currency) {
        this.prices = prices;
        this.offer = offer;
        this.group = group;
        this.currency = currency;
        setId("calculator");
        addClassNames("panel", "panel-pad");
        Div inputs = new Div();
        inputs.addClassName("calculator-fields");
        ModelPrice price = prices.price(offer);
        usual(price).forEach((meter, value) -> inputs.add(field(meter, value)));
        if (PricedBy.of(price) == PricedBy.PICTURE) inputs.add(sizes(price));
        sum.setId("calculated");
        add(new H2("What would a call cost?"), inputs, sum);
        show();
    }

    /** What can be counted, with a call to begin with. */
    private Map<Meter, Integer> usual(ModelPrice price) {
        Map<Meter, Integer> usual = new LinkedHashMap<>();
        switch (PricedBy.of(price)) {
            case CALL -> usual.put(Meter.INPUT, 1_000);
            case SECOND -> usual.put(Meter.SECONDS, 10);
            case PICTURE -> usual.put(Meter.PICTURES, 1);
            case TOKENS, EXPRESSION -> {
                usual.put(Meter.INPUT, 1_000);
                usual.put(Meter.CACHE_READ, 0);
                usual.put(Meter.CACHE_WRITE_5M, 0);
                usual.put(Meter.OUTPUT, 500);
                usual.put(Meter.REASONING, 0);
                if (price.ownOrNone().audioInput() != null) usual.put(Meter.AUDIO_INPUT, 0);
                if (price.ownOrNone().audioCompletion() != null) usual.put(Meter.AUDIO_OUTPUT, 0);
                if (price.ownOrNone().imageInput() != null) usual.put(Meter.IMAGE_INPUT, 0);
                if (price.ownOrNone().imageOutput() != null) usual.put(Meter.IMAGE_OUTPUT, 0);
            }
        }
        if (!prices.prices().tools().isEmpty()) usual.put(Meter.WEB_SEARCH, 0);
        return usual;
    }

    private IntegerField field(Meter meter, int value) {
        IntegerField field = new IntegerField(ChargeSteps.meterName(meter));
        field.setId(
                "calculate-" + meter.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        field.setMin(0);
        field.setMax(meter == Meter.WEB_SEARCH ? 1_000 : MOST);
        field.setValue(value);
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.addValueChangeListener(change -> show());
        fields.put(meter, field);
        return field;
    }

    private Component sizes(ModelPrice price) {
        size.setLabel("Size and quality");
        size.setId("calculate-size");
        List<String> listed = List.copyOf(new TreeSet<>(price.perPicture().keySet()));
        size.setItems(listed);
        size.setValue(listed.getFirst());
        size.addValueChangeListener(change -> show());
        return size;
    }

    void forGroup(String chosen) {
        group = chosen;
        show();
    }

    private void show() {
        sum.removeAll();
        if (fields.values().stream().anyMatch(IntegerField::isInvalid)) {
            sum.add(Marks.text("Give whole numbers from 0 to 1,000,000,000; of web searches up to 1,000.", "bad"));
            return;
        }
        Map<Meter, Long> counts = new EnumMap<>(Meter.class);
        fields.forEach((meter, field) -> counts.put(meter, field.getValue() == null ? 0L : field.getValue()));
        Charge charge = prices.prices()
                .explain(
                        offer.model(),
                        prices.prices().groupRatio(prices.userGroup(), group),
                        new Meters(counts),
                        new Said(Instant.now(), size.getValue() == null ? "" : size.getValue()));
        SmallTable steps = new SmallTable("Step", "#", "#Result");
        ChargeSteps.of(charge).forEach(step -> steps.line(step.what(), step.sum(), step.result()));
        Div total = new Div(
                Marks.text(currency.of(Amounts.dollars(charge.result())), "calculated-total"),
                Marks.dim("for group " + group));
        total.addClassName("row");
        sum.add(total, Marks.box("scroll-x", steps));
    }

    /** The circumstances of a call that says nothing but its picture's size. */
    private record Said(Instant at, String picture) implements Circumstances {
        @Override
        public @Nullable String header(String name) {
            return null;
        }

        @Override
        public @Nullable Object param(String path) {
            return null;
        }
    }
}
