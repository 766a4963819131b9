package io.tollbook.console.pricing;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import io.tollbook.console.page.Marks;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PricedBy;
import io.tollbook.kernel.pricing.expression.Expression;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A price in fields. Only those of the chosen way to price are there. */
final class PriceFields {
    static final ModelPrice USUAL = ModelPrice.perToken(BigDecimal.ONE, BigDecimal.valueOf(4));

    private final Select<PricedBy> by = new Select<>();
    private final RatePair input = new RatePair("price-input", "Input", () -> Rates.USD_PER_MILLION);
    private final RatePair output = new RatePair("price-output", "Output", this::inputUsd);
    private final RatePair cacheRead = new RatePair("price-cache-read", "Cache read", this::inputUsd);
    private final RatePair cacheWrite = new RatePair("price-cache-write", "Cache write, 5 min", this::inputUsd);
    private final RatePair cacheWriteHour = new RatePair("price-cache-write-hour", "Cache write, 1 h", this::inputUsd);
    private final OtherTokens others = new OtherTokens(this::inputUsd);
    private final TextArea tiers = new TextArea("Factors above a length");
    private final Details longPrompts = new Details("Long prompts", tiers);
    private final BigDecimalField perPiece = new BigDecimalField();
    private final TextArea pictures = new TextArea("USD per picture");
    private final TextArea expression = new TextArea("Expression, in USD per 1M tokens");
    private final IntegerField longest = new IntegerField("Longest answer");
    private final Div hint =
            new Div(Marks.dim("Output and cache ratios are told by the input price: 4 is four times as much."));
    private final ModelPrice shown;

    PriceFields(ModelPrice price) {
        shown = price;
        by.setId("price-by");
        by.setLabel("Priced");
        by.setItems(PricedBy.values());
        by.setItemLabelGenerator(PricedBy::words);
        by.addValueChangeListener(change -> switchKind(change.getValue()));
        fields();
        input.onChange(() -> {
            output.showUsd();
            cacheRead.showUsd();
            cacheWrite.showUsd();
            cacheWriteHour.showUsd();
            others.showUsd();
        });
        show();
    }

    /** In their order, each as broad as the form. */
    Component[] all() {
        return new Component[] {
            by,
            input,
            output,
            cacheRead,
            cacheWrite,
            cacheWriteHour,
            hint,
            others,
            longPrompts,
            perPiece,
            pictures,
            expression,
            longest
        };
    }

    /** The price alone: nothing is held by it. */
    PriceFields withoutLongest() {
        longest.setVisible(false);
        return this;
    }

    /** @param site the longest answer where a model has none of its own */
    PriceFields withLongest(int site) {
        longest.setHelperText("What a hold reckons with when the client sets no limit; empty for the site's " + site);
        return this;
    }

    /** All of them or none. */
    void setVisible(boolean visible) {
        for (Component field : all()) field.setVisible(visible && field != longest);
        if (visible) switchKind(by.getValue());
    }

    private void fields() {
        tiers.setId("price-tiers");
        tiers.setWidthFull();
        tiers.setMinRows(2);
        tiers.setHelperText("tokens of the whole prompt = input factor / output factor, like 200000 = 2 / 1.5");
        longPrompts.setId("price-long-prompts");
        longPrompts.setWidthFull();
        perPiece.setId("price-per-call");
        perPiece.setLocale(Locale.ROOT);
        perPiece.setPrefixComponent(new Span("$"));
        pictures.setId("price-pictures");
        pictures.setMinRows(3);
        pictures.setHelperText(
                "size/quality = price, or size = price; one that is not here costs what the dearest does");
        expression.setId("price-expression");
        expression.setMinRows(3);
        expression.setHelperText(
                "Like len <= 200000 ? tier(\"short\", p * 3 + c * 15) : tier(\"long\", p * 6 + c * 22.5). "
                        + "Counts: p, c, len, cr, cc, cc1h, img, img_o, ai, ao.");
        longest.setId("price-longest");
        longest.setSuffixComponent(new Span("tokens"));
    }

    private void switchKind(PricedBy kind) {
        for (Component component :
                List.of(input, output, cacheRead, cacheWrite, cacheWriteHour, hint, others, longPrompts))
            component.setVisible(kind == PricedBy.TOKENS);
        perPiece.setVisible(kind == PricedBy.CALL || kind == PricedBy.SECOND);
        perPiece.setLabel(kind == PricedBy.SECOND ? "USD per second" : "USD per call");
        pictures.setVisible(kind == PricedBy.PICTURE);
        expression.setVisible(kind == PricedBy.EXPRESSION);
    }

    private BigDecimal inputUsd() {
        BigDecimal ratio = input.ratio();
        return ratio == null ? BigDecimal.ZERO : Rates.usd(ratio);
    }

    private void show() {
        by.setValue(PricedBy.of(shown));
        input.show(shown.inputRatio() == null ? BigDecimal.ONE : shown.inputRatio());
        output.show(shown.completionRatio());
        cacheRead.show(shown.cacheReadRatio());
        cacheWrite.show(shown.cacheWriteRatio());
        cacheWriteHour.show(shown.cacheWriteHourRatio());
        others.show(shown.ownOrNone());
        tiers.setValue(PricedLines.writeTiers(shown.tiers()));
        longPrompts.setOpened(!shown.tiers().isEmpty());
        perPiece.setValue(shown.perCall() == null ? shown.perSecond() : shown.perCall());
        pictures.setValue(PricedLines.write(shown.perPicture()));
        expression.setValue(shown.expression() == null ? "" : shown.expression().text());
        longest.setValue(shown.maxOutputTokens());
    }

    /** What the fields say. */
    ModelPrice price() {
        return switch (by.getValue()) {
            case TOKENS -> priced(input.needed(), null, null, Map.of(), null);
            case CALL -> priced(null, piece("a call"), null, Map.of(), null);
            case SECOND -> priced(null, null, piece("a second"), Map.of(), null);
            case PICTURE -> priced(null, null, null, picturePrices(), null);
            case EXPRESSION ->
                priced(shown.inputRatio(), shown.perCall(), shown.perSecond(), shown.perPicture(), checkedExpression());
        };
    }

    private BigDecimal piece(String what) {
        if (perPiece.getValue() == null) throw Refused.invalid("Enter the price of " + what + ".");
        return perPiece.getValue();
    }

    private Map<String, BigDecimal> picturePrices() {
        Map<String, BigDecimal> prices = PricedLines.read(pictures.getValue(), "1024x1024/high = 0.167");
        if (prices.isEmpty()) throw Refused.invalid("Enter the price of a picture.");
        return prices;
    }

    private Expression checkedExpression() {
        Expression written = Expression.of(expression.getValue());
        written.check();
        return written;
    }

    private ModelPrice priced(
            @Nullable BigDecimal perToken,
            @Nullable BigDecimal perCall,
            @Nullable BigDecimal perSecond,
            Map<String, BigDecimal> perPicture,
            @Nullable Expression formula) {
        return new ModelPrice(
                perToken,
                output.needed(),
                cacheRead.needed(),
                cacheWrite.needed(),
                cacheWriteHour.needed(),
                perCall,
                longest.getValue(),
                others.ratios(),
                PricedLines.readTiers(tiers.getValue()),
                perSecond,
                perPicture,
                formula);
    }
}
