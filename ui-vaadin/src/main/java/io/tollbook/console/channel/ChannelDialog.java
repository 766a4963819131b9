package io.tollbook.console.channel;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Clip;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.NamesField;
import io.tollbook.console.page.Notices;
import io.tollbook.console.settings.Site;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.catalogue.PrefillGroup;
import io.tollbook.kernel.catalogue.PrefillGroups;
import io.tollbook.kernel.catalogue.PrefillType;
import io.tollbook.kernel.channel.ChangeChannel;
import io.tollbook.kernel.channel.ChannelAddresses;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.CreateChannel;
import io.tollbook.kernel.pricing.PricesInForce;
import io.tollbook.kernel.secret.Secret;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All of a channel. The key goes in and never comes out again. */
class ChannelDialog extends FormDialog {
    private final Visitor visitor;
    private final Ids ids;
    private final ChannelAddresses addresses;
    private final @Nullable ChannelSummary channel;
    private final Select<ChannelType> type = new Select<>();
    private final TextField name = new TextField("Name");
    private final TextField tag = new TextField("Tag");
    private final TextField remark = new TextField("Remark");
    private final TextField baseUrl = new TextField("Base URL");
    private final TextArea key = new TextArea("Key");
    private final Select<String> keyMode = new Select<>();
    private final TextField organization = new TextField("Organization");
    private final NamesField models;
    private final NamesField groups;
    private final TextField testModel = new TextField("Test model");
    private final MappingRows mapping = new MappingRows();
    private final IntegerField priority = new IntegerField("Priority");
    private final IntegerField weight = new IntegerField("Weight");
    private final Checkbox autoBan = new Checkbox("Stop it by itself when its key is refused");
    private final JsonFields setting = new JsonFields();
    private final JsonFields settings = new JsonFields();
    private final JsonField statuses =
            new JsonField("channel-status-mapping", "Status code mapping", "status_code_mapping", "{\"429\": \"503\"}");
    private final JsonField params = new JsonField(
            "channel-param-override",
            "Parameter override",
            "param_override",
            "{\"temperature\": 0.7} or {\"operations\": [{\"mode\": \"set\", \"path\": \"user\", \"value\": \"x\"}]}");
    private final JsonField headers = new JsonField(
            "channel-header-override",
            "Header override",
            "header_override",
            "{\"X-Org\": \"research\", \"Authorization\": \"Bearer {api_key}\"}");

    /** @param channel the channel to change; null to add one */
    ChannelDialog(
            Visitor visitor,
            Site site,
            Ids ids,
            ChannelAddresses addresses,
            @Nullable ChannelSummary channel,
            Runnable after) {
        super("channel", channel == null ? "New channel" : "Edit channel", channel == null ? "Create" : "Save");
        this.visitor = visitor;
        this.ids = ids;
        this.addresses = addresses;
        this.channel = channel;
        setWidth("760px");
        Set<String> priced = new TreeSet<>();
        visitor.ask(new PricesInForce())
                .ifPresent(version -> priced.addAll(version.document().models().keySet()));
        models = new NamesField("channel-models", "Models", priced);
        groups = new NamesField("channel-groups", "Groups", site.groups().keySet());
        describe();
        arrange(priced);
        fill();
        onSave(() -> {
            save();
            after.run();
        });
    }

    private void describe() {
        type.setId("channel-type");
        type.setLabel("Type");
        type.setItems(ChannelType.values());
        type.setItemLabelGenerator(ChannelType::label);
        type.addValueChangeListener(change -> follow(change.getValue()));
        name.setId("channel-name");
        name.setMaxLength(ChannelTerms.NAME_MAX);
        name.setRequiredIndicatorVisible(true);
        name.setAutofocus(true);
        tag.setId("channel-tag");
        tag.setMaxLength(64);
        remark.setId("channel-remark");
        remark.setMaxLength(255);
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
                        : "Empty keeps the present keys; add some and see how they stand in “Keys”. Another host in the base"
                                + " URL needs the key again.");
        keyMode.setId("channel-key-mode");
        keyMode.setLabel("Several keys");
        keyMode.setItems("random", "polling");
        keyMode.setItemLabelGenerator(mode -> mode.equals("polling") ? "Take turns" : "Drawn at random");
        organization.setId("channel-organization");
        organization.setHelperText("OpenAI's organization id");
        models.setRequiredIndicatorVisible(true);
        models.setHelperText("Names that clients ask for; type or paste more");
        groups.setRequiredIndicatorVisible(true);
        testModel.setId("channel-test-model");
        testModel.setHelperText("Empty for the first model");
        priority.setId("channel-priority");
        priority.setHelperText("Higher is tried first");
        priority.setStepButtonsVisible(true);
        weight.setId("channel-weight");
        weight.setHelperText("Share among equals, 0 to 10,000");
        weight.setStepButtonsVisible(true);
        autoBan.setId("channel-auto-ban");
        statuses.setHelperText("What clients see instead of the provider's status");
        headers.setHelperText(
                "{api_key} stands for the key, {client_header:X} for the client's header X; secrets are refused");
    }

    /** The form follows the type. */
    private void follow(ChannelType chosen) {
        boolean demo = chosen == ChannelType.DEMO;
        key.setVisible(!demo);
        keyMode.setVisible(!demo);
        baseUrl.setVisible(!demo);
        baseUrl.setPlaceholder(chosen.baseUrl());
        baseUrl.setRequiredIndicatorVisible(chosen.baseUrl().isEmpty() && !demo);
        organization.setVisible(chosen == ChannelType.OPENAI || chosen == ChannelType.CUSTOM);
    }

    private void arrange(Set<String> priced) {
        section("Identity", true, type, name, tag, remark);
        section("Access", true, wide(baseUrl), wide(key), keyMode, organization);
        section("Models and groups", true, wide(models), wide(modelTools(priced)), groups, testModel, wide(mapping));
        section("Routing", true, priority, weight, wide(autoBan));
        section(
                "Limits",
                false,
                settings.limit("max_concurrency", "Calls at once"),
                settings.limit("requests_per_minute", "Calls a minute"),
                settings.limit("key_max_concurrency", "Calls at once per key"),
                settings.limit("key_requests_per_minute", "Calls a minute per key"));
        section(
                "Requests and answers",
                false,
                wide(setting.area("system_prompt", "System prompt")),
                setting.onOff("system_prompt_override", "Put it before the client's own"),
                setting.onOff("force_format", "Write answers anew in the client's format"),
                setting.onOff("thinking_to_content", "Show thinking as text"),
                settings.onOff("allow_service_tier", "Let service_tier through"),
                settings.onOff("allow_inference_geo", "Let inference_geo through"),
                settings.onOff("allow_speed", "Let speed through"),
                settings.onOff("allow_safety_identifier", "Let safety_identifier through"),
                settings.onOff("allow_include_obfuscation", "Let include_obfuscation through"),
                settings.onOff("disable_store", "Take store out"));
        section("Overrides", false, wide(headers), wide(params), wide(statuses), wide(setting.text("proxy", "Proxy")));
    }

    private void section(String title, boolean open, Component... fields) {
        FormLayout form = new FormLayout();
        form.setWidthFull();
        form.setAutoResponsive(true);
        form.setColumnWidth("15em");
        form.setExpandColumns(true);
        form.setMaxColumns(2);
        form.setExpandFields(true);
        for (Component field : fields) {
            boolean wide = field instanceof Wide;
            Component inner = wide ? ((Wide) field).inner : field;
            form.add(inner);
            if (wide) form.setColspan(inner, 2);
        }
        Details details = new Details(title, form);
        details.setId("section-" + title.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'));
        details.setOpened(open);
        details.setWidthFull();
        details.addClassName("form-section");
        broad(details);
    }

    /** Marks a field as broad as its section; never shown itself. */
    private static final class Wide extends Div {
        private final transient Component inner;

        private Wide(Component inner) {
            this.inner = inner;
        }
    }

    private static Component wide(Component inner) {
        return new Wide(inner);
    }

    private Component modelTools(Set<String> priced) {
        Button all = new Button("All priced", click -> addModels(priced));
        all.setId("models-all");
        Button copy = Clip.button("model names", () -> String.join(",", models.names()));
        Button clear = new Button("Clear", click -> models.setNames(List.of()));
        clear.setId("models-clear");
        Div tools = Marks.row(all, copy, clear);
        tools.addClassName("model-tools");
        List<PrefillGroup> lists = visitor.ask(new PrefillGroups(PrefillType.MODEL));
        if (!lists.isEmpty()) {
            Select<PrefillGroup> from = new Select<>();
            from.setId("models-from");
            from.setAriaLabel("Models of a prefill group");
            from.setPlaceholder("From a prefill group");
            from.setItems(lists);
            from.setItemLabelGenerator(one -> one.terms().name());
            from.addValueChangeListener(change -> {
                if (change.getValue() == null) return;
                addModels(change.getValue().terms().names());
                from.clear();
            });
            tools.addComponentAsFirst(from);
        }
        return tools;
    }

    private void addModels(java.util.Collection<String> more) {
        Set<String> all = new LinkedHashSet<>(models.names());
        all.addAll(more);
        models.setNames(all);
    }

    private String extra(String field) {
        return channel == null ? "" : channel.terms().extra().getOrDefault(field, "");
    }

    private void fill() {
        keyMode.setValue(extra("multi_key_mode").equals("polling") ? "polling" : "random");
        organization.setValue(extra("openai_organization"));
        setting.show(extra("setting"));
        settings.show(extra("settings"));
        statuses.show(extra("status_code_mapping"));
        params.show(extra("param_override"));
        headers.show(extra("header_override"));
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
        mapping.show(terms.modelMapping());
        autoBan.setValue(terms.autoBan());
        testModel.setValue(terms.testModel());
        tag.setValue(terms.tag());
        remark.setValue(terms.remark());
    }

    private Map<String, String> extras() {
        Map<String, String> extra =
                new HashMap<>(channel == null ? Map.of() : channel.terms().extra());
        put(extra, "setting", setting.json(extra("setting")));
        put(extra, "settings", settings.json(extra("settings")));
        put(extra, "status_code_mapping", same("status_code_mapping", statuses));
        put(extra, "param_override", same("param_override", params));
        put(extra, "header_override", same("header_override", headers));
        put(extra, "openai_organization", organization.getValue());
        put(extra, "multi_key_mode", keyMode.getValue().equals("polling") ? "polling" : "");
        return extra;
    }

    /** The stored text where it says the same, since spaces are no change. */
    private String same(String field, JsonField typed) {
        String before = extra(field);
        String json = typed.json();
        try {
            return !before.isEmpty() && JsonField.checked(field, before).equals(json) ? before : json;
        } catch (Refused unreadable) {
            return json;
        }
    }

    private static void put(Map<String, String> extra, String field, String text) {
        if (text.isBlank()) extra.remove(field);
        else extra.put(field, text.strip());
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
                mapping.mapping(),
                extras());
        boolean moves = channel == null || !channel.terms().baseUrl().equals(terms.baseUrl());
        if (moves) addresses.check(terms);
        String secret = key.getValue().strip();
        if (channel == null)
            visitor.send(new CreateChannel(
                    new ChannelId(ids.next(Ids.Kind.CHANNEL)), terms, new Secret(secret), Instant.now()));
        else visitor.send(new ChangeChannel(channel.id(), terms, secret.isEmpty() ? null : new Secret(secret)));
        String warning = moves && !terms.baseUrl().isEmpty() ? addresses.warning(terms) : "";
        if (warning.isEmpty()) Notices.done(channel == null ? "Channel created." : "Channel saved.");
        else Notices.refused("Saved, but: " + warning);
    }

    private static int number(IntegerField field) {
        if (field.getValue() == null) throw Refused.invalid("“" + field.getLabel() + "” is a whole number.");
        return field.getValue();
    }
}
