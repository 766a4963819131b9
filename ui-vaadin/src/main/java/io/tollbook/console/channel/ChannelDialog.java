package io.tollbook.console.channel;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.NamesField;
import io.tollbook.console.page.Notices;
import io.tollbook.console.settings.Site;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChangeChannel;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.CreateChannel;
import io.tollbook.kernel.pricing.PricesInForce;
import io.tollbook.kernel.secret.Secret;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All of a channel. The key goes in and never comes out again. */
class ChannelDialog extends FormDialog {
    private final Visitor visitor;
    private final Ids ids;
    private final @Nullable ChannelSummary channel;
    private final Select<ChannelType> type = new Select<>();
    private final TextField name = new TextField("Name");
    private final TextField baseUrl = new TextField("Base URL");
    private final TextArea key = new TextArea("Key");
    private final NamesField models;
    private final NamesField groups;
    private final IntegerField priority = new IntegerField("Priority");
    private final IntegerField weight = new IntegerField("Weight");
    private final TextArea mapping = new TextArea("Model mapping");
    private final Checkbox autoBan = new Checkbox("Stop it by itself when its key is refused");
    private final TextField testModel = new TextField("Test model");
    private final TextField tag = new TextField("Tag");
    private final TextField remark = new TextField("Remark");

    /** @param channel the channel to change; null to add one */
    ChannelDialog(Visitor visitor, Site site, Ids ids, @Nullable ChannelSummary channel, Runnable after) {
        super("channel", channel == null ? "New channel" : "Edit channel", channel == null ? "Create" : "Save");
        this.visitor = visitor;
        this.ids = ids;
        this.channel = channel;
        Set<String> priced = new TreeSet<>();
        visitor.ask(new PricesInForce())
                .ifPresent(version -> priced.addAll(version.document().models().keySet()));
        models = new NamesField("channel-models", "Models", priced);
        groups = new NamesField("channel-groups", "Groups", site.groups().keySet());
        arrange();
        fill();
        onSave(() -> {
            save();
            after.run();
        });
    }

    private void arrange() {
        type.setId("channel-type");
        type.setLabel("Type");
        type.setItems(ChannelType.values());
        type.setItemLabelGenerator(ChannelType::label);
        type.addValueChangeListener(change -> {
            ChannelType chosen = change.getValue();
            boolean demo = chosen == ChannelType.DEMO;
            key.setVisible(!demo);
            baseUrl.setVisible(!demo);
            baseUrl.setPlaceholder(chosen.baseUrl());
            baseUrl.setRequiredIndicatorVisible(chosen.baseUrl().isEmpty() && !demo);
        });
        name.setId("channel-name");
        name.setMaxLength(ChannelTerms.NAME_MAX);
        name.setRequiredIndicatorVisible(true);
        name.setAutofocus(true);
        baseUrl.setId("channel-base-url");
        baseUrl.setHelperText("Without /v1; empty for the provider's own");
        key.setId("channel-key");
        key.getElement().setAttribute("autocomplete", "off");
        key.setMinRows(1);
        key.setMaxRows(5);
        key.setRequiredIndicatorVisible(channel == null);
        key.setHelperText(
                channel == null
                        ? "Several keys: one a line"
                        : "Empty keeps the present key. Another host in the base URL needs the key again.");
        models.setRequiredIndicatorVisible(true);
        models.setHelperText("Names that clients ask for; type or paste more");
        groups.setRequiredIndicatorVisible(true);
        priority.setId("channel-priority");
        priority.setHelperText("Higher is tried first");
        priority.setStepButtonsVisible(true);
        weight.setId("channel-weight");
        weight.setHelperText("Share among equals, 0 to 10,000");
        weight.setStepButtonsVisible(true);
        mapping.setId("channel-mapping");
        mapping.setPlaceholder("gpt-4.1 = gpt-4.1-2025-04-14");
        mapping.setHelperText("Client's name = provider's name, one pair a line");
        mapping.setMinRows(1);
        autoBan.setId("channel-auto-ban");
        testModel.setId("channel-test-model");
        testModel.setHelperText("Empty for the first model");
        tag.setId("channel-tag");
        remark.setId("channel-remark");
        remark.setMaxLength(255);
        fields(type, name);
        broad(baseUrl, key, models, groups);
        fields(priority, weight, testModel, tag);
        broad(mapping, remark, autoBan);
    }

    private void fill() {
        if (channel == null) {
            type.setValue(ChannelType.OPENAI);
            groups.setNames(List.of("default"));
            priority.setValue(0);
            weight.setValue(1);
            autoBan.setValue(true);
            return;
        }
        ChannelTerms terms = channel.terms();
        type.setValue(ChannelType.of(terms.type()));
        name.setValue(terms.name());
        baseUrl.setValue(terms.baseUrl());
        models.setNames(terms.models());
        groups.setNames(terms.groups());
        priority.setValue(Math.toIntExact(terms.priority()));
        weight.setValue(terms.weight());
        mapping.setValue(String.join(
                "\n",
                terms.modelMapping().entrySet().stream()
                        .map(pair -> pair.getKey() + " = " + pair.getValue())
                        .sorted()
                        .toList()));
        autoBan.setValue(terms.autoBan());
        testModel.setValue(terms.testModel());
        tag.setValue(terms.tag());
        remark.setValue(terms.remark());
    }

    private void save() {
        ChannelTerms terms = new ChannelTerms(
                type.getValue().number(),
                name.getValue(),
                type.getValue() == ChannelType.DEMO ? "" : baseUrl.getValue(),
                models.names(),
                groups.names(),
                number(priority),
                number(weight),
                autoBan.getValue(),
                tag.getValue().strip(),
                remark.getValue().strip(),
                testModel.getValue().strip(),
                pairs(mapping.getValue()),
                channel == null ? Map.of() : channel.terms().extra());
        String secret = key.getValue().strip();
        if (channel == null) {
            visitor.send(new CreateChannel(
                    new ChannelId(ids.next(Ids.Kind.CHANNEL)), terms, new Secret(secret), Instant.now()));
            Notices.done("Channel created.");
        } else {
            visitor.send(new ChangeChannel(channel.id(), terms, secret.isEmpty() ? null : new Secret(secret)));
            Notices.done("Channel saved.");
        }
    }

    private static int number(IntegerField field) {
        if (field.getValue() == null) throw Refused.invalid("“" + field.getLabel() + "” is a whole number.");
        return field.getValue();
    }

    /** Reads lines such as {@code a = b}. */
    static Map<String, String> pairs(String lines) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String line : lines.split("\n")) {
            if (line.isBlank()) continue;
            String[] sides = line.split("=", 2);
            if (sides.length < 2 || sides[0].isBlank() || sides[1].isBlank())
                throw Refused.invalid("A line of the model mapping looks like: client's name = provider's name");
            pairs.put(sides[0].strip(), sides[1].strip());
        }
        return pairs;
    }
}
