package io.tollbook.console.pricing;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.FormDialog;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelById;
import io.tollbook.kernel.channel.ChannelFilter;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.pricing.BuyPrice;
import io.tollbook.kernel.pricing.BuyScope;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What providers take for a model, in the draft. */
class BuyPriceDialog extends FormDialog {
    private final Select<BuyScope.Kind> kind = new Select<>();
    private final ComboBox<ChannelSummary> channel = new ComboBox<>("Channel");
    private final TextField tag = new TextField("Tag");
    private final Select<ChannelType> type = new Select<>();
    private final TextField model = new TextField("Model");
    private final Select<Boolean> ofOurs = new Select<>();
    private final BigDecimalField factor = new BigDecimalField("Factor on the sell price");
    private final PriceFields own;

    /** @param before the price to change; null to add one */
    BuyPriceDialog(Visitor visitor, BuyPriceDraft draft, @Nullable BuyPrice before, Runnable after) {
        super("buy", before == null ? "New buy price" : "Change buy price", "Take over");
        own = new PriceFields(before == null || before.price() == null ? PriceFields.USUAL : before.price())
                .withoutLongest();
        scope(visitor);
        model.setId("buy-model");
        model.setHelperText("As the provider or clients call it; gpt-4* for all that begin so, * for every model");
        model.setRequiredIndicatorVisible(true);
        ofOurs.setId("buy-way");
        ofOurs.setLabel("The provider takes");
        ofOurs.setItems(true, false);
        ofOurs.setItemLabelGenerator(part -> part ? "A part of our sell price" : "A price of its own");
        factor.setId("buy-factor");
        factor.setLocale(Locale.ROOT);
        factor.setHelperText("0.6 is six tenths of what we charge before any group's ratio; 0 if it takes nothing");
        broad(kind, channel, tag, type, model, ofOurs, factor);
        broad(own.all());
        kind.addValueChangeListener(change -> showScope());
        ofOurs.addValueChangeListener(change -> showWay());
        show(visitor, before);
        onSave(() -> {
            draft.put(before, price());
            after.run();
        });
    }

    private void scope(Visitor visitor) {
        kind.setId("buy-kind");
        kind.setLabel("For");
        kind.setItems(BuyScope.Kind.values());
        kind.setItemLabelGenerator(one -> switch (one) {
            case CHANNEL -> "One channel";
            case TAG -> "All channels with a tag";
            case TYPE -> "All channels of a type";
            case ALL -> "Every channel";
        });
        kind.setHelperText("The narrower counts: a channel before its tag, a tag before the type.");
        channel.setId("buy-channel");
        channel.setItemLabelGenerator(
                one -> one.terms().name() + " (" + one.id().value() + ")");
        channel.setItems(query -> visitor
                .ask(new Channels(
                        ChannelFilter.ALL.withKeyword(query.getFilter()
                                .filter(text -> !text.isBlank())
                                .orElse(null)),
                        Channels.Order.NAME,
                        false,
                        new Paging(query.getOffset(), query.getLimit())))
                .items()
                .stream());
        tag.setId("buy-tag");
        type.setId("buy-type");
        type.setLabel("Type");
        type.setItems(ChannelType.values());
        type.setItemLabelGenerator(ChannelType::label);
    }

    private void showScope() {
        channel.setVisible(kind.getValue() == BuyScope.Kind.CHANNEL);
        tag.setVisible(kind.getValue() == BuyScope.Kind.TAG);
        type.setVisible(kind.getValue() == BuyScope.Kind.TYPE);
    }

    private void showWay() {
        factor.setVisible(ofOurs.getValue());
        own.setVisible(!ofOurs.getValue());
    }

    private void show(Visitor visitor, @Nullable BuyPrice before) {
        kind.setValue(before == null ? BuyScope.Kind.CHANNEL : before.scope().kind());
        model.setValue(before == null ? BuyPrice.ALL_MODELS : before.model());
        ofOurs.setValue(before == null || before.factor() != null);
        factor.setValue(before == null ? null : before.factor());
        if (before != null)
            switch (before.scope().kind()) {
                case CHANNEL ->
                    visitor.ask(new ChannelById(
                                    new ChannelId(Long.parseLong(before.scope().of()))))
                            .ifPresent(channel::setValue);
                case TAG -> tag.setValue(before.scope().of());
                case TYPE ->
                    type.setValue(ChannelType.of(Integer.parseInt(before.scope().of())));
                case ALL -> {}
            }
        showScope();
        showWay();
    }

    private BuyPrice price() {
        if (!ofOurs.getValue()) return BuyPrice.at(scope(), model.getValue(), own.price());
        BigDecimal part = factor.getValue();
        if (part == null) throw Refused.invalid("Enter the factor, like 0.6.");
        return BuyPrice.of(scope(), model.getValue(), part);
    }

    private BuyScope scope() {
        return switch (kind.getValue()) {
            case CHANNEL -> {
                if (channel.getValue() == null) throw Refused.invalid("Choose the channel.");
                yield new BuyScope(
                        BuyScope.Kind.CHANNEL,
                        Long.toString(channel.getValue().id().value()));
            }
            case TAG -> new BuyScope(BuyScope.Kind.TAG, tag.getValue());
            case TYPE -> {
                if (type.getValue() == null) throw Refused.invalid("Choose the type.");
                yield new BuyScope(
                        BuyScope.Kind.TYPE, Integer.toString(type.getValue().number()));
            }
            case ALL -> BuyScope.ALL;
        };
    }
}
