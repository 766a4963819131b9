package io.tollbook.console.playground;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import io.tollbook.kernel.pricing.PriceList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Which model answers, for which group's price, and what shapes the answer. */
class PlaygroundSettings extends Div {
    private static final JsonMapper JSON = JsonMapper.shared();
    /** Nothing is said of it unless it is chosen: models that do not think refuse the word. */
    private static final Map<String, String> THINKING = thinking();

    private static final Set<String> CHATS = Arrays.stream(ClientDialect.values())
            .map(one -> one.endpoint().key())
            .collect(Collectors.toUnmodifiableSet());
    private static final String TOOLS_FAULT = "The tools are no JSON array of functions.";

    private final PriceList offered;
    private final Runnable changed;
    private final ComboBox<String> model = new ComboBox<>("Model");
    private final Select<String> group = new Select<>();
    private final Select<ClientDialect> dialect = new Select<>();
    private final Select<String> thinking = new Select<>();
    private final Checkbox stream = new Checkbox("Stream the answer", true);
    private final TextArea system = new TextArea("System prompt");
    private final TextArea tools = new TextArea("Functions, as a JSON array");
    private final List<ParameterField> parameters;
    private boolean filling;

    PlaygroundSettings(PriceList offered, Runnable changed) {
        this.offered = offered;
        this.changed = changed;
        setId("pg-settings");
        addClassName("pg-page");
        model.setId("pg-model");
        model.addValueChangeListener(change -> change());
        group.setId("pg-group");
        group.setLabel("Group");
        group.setHelperText("Decides the price and which channels answer");
        group.setItems(groups());
        group.setItemLabelGenerator(this::groupLabel);
        group.setValue("");
        group.addValueChangeListener(change -> {
            offerModels();
            change();
        });
        system.setId("pg-system");
        system.setMinRows(3);
        system.setMaxRows(10);
        system.setPlaceholder("How the model should answer");
        system.addValueChangeListener(change -> change());
        parameters = Arrays.stream(Parameter.values())
                .map(parameter -> new ParameterField(parameter, this::change))
                .toList();
        dialect.setId("pg-dialect");
        dialect.setLabel("Called as");
        dialect.setHelperText("Which vendor’s client this is; each reaches every model");
        dialect.setItems(ClientDialect.values());
        dialect.setItemLabelGenerator(ClientDialect::label);
        dialect.setValue(ClientDialect.OPENAI);
        dialect.addValueChangeListener(change -> {
            offerParameters();
            change();
        });
        thinking.setId("pg-thinking");
        thinking.setLabel("Thinking");
        thinking.setItems(THINKING.keySet());
        thinking.setItemLabelGenerator(THINKING::get);
        thinking.setValue("");
        thinking.addValueChangeListener(change -> change());
        stream.setId("pg-stream");
        stream.addValueChangeListener(change -> change());
        tools.setId("pg-tools");
        tools.setMinRows(4);
        tools.setMaxRows(14);
        tools.setWidthFull();
        tools.setPlaceholder("""
                [{"type": "function",
                  "function": {"name": "get_weather",
                               "parameters": {}}}]""");
        tools.addValueChangeListener(change -> change());
        Details functions = new Details("Tools", tools);
        functions.setId("pg-tools-fold");
        add(model, group, dialect, system, thinking, stream);
        parameters.forEach(this::add);
        add(functions);
        offerParameters();
        offerModels();
    }

    private void offerParameters() {
        parameters.forEach(parameter -> parameter.offerFor(dialect()));
    }

    private static Map<String, String> thinking() {
        Map<String, String> efforts = new LinkedHashMap<>();
        efforts.put("", "As the model usually does");
        efforts.put("low", "Little");
        efforts.put("medium", "Some");
        efforts.put("high", "Much");
        return Collections.unmodifiableMap(efforts);
    }

    private void change() {
        if (!filling) changed.run();
    }

    private List<String> groups() {
        List<String> choices = new ArrayList<>(List.of(""));
        offered.groups().keySet().stream()
                .filter(one -> !one.equals(offered.userGroup()))
                .forEach(choices::add);
        return choices;
    }

    private String groupLabel(String name) {
        String shown = name.isEmpty() ? offered.userGroup() : name;
        String told = offered.groups().getOrDefault(shown, "");
        return told.isEmpty() || told.equals(shown) ? shown : shown + " – " + told;
    }

    /** Those that can chat, in whichever dialect for the relay translates, and that a channel of the group serves. */
    private void offerModels() {
        String chosen = model.getValue();
        String of = group.getValue() == null || group.getValue().isEmpty() ? offered.userGroup() : group.getValue();
        List<String> models = offered.offers().stream()
                .filter(offer -> offer.groups().contains(of)
                        && offer.endpoints().stream().anyMatch(CHATS::contains))
                .map(PriceList.Offer::model)
                .toList();
        boolean before = filling;
        filling = true;
        model.setItems(models);
        model.setValue(models.contains(chosen) ? chosen : models.isEmpty() ? null : models.getFirst());
        model.setHelperText(models.isEmpty() ? "No model can be called in this group" : null);
        filling = before;
    }

    String model() {
        return model.getValue() == null ? "" : model.getValue();
    }

    String group() {
        return group.getValue() == null ? "" : group.getValue();
    }

    ClientDialect dialect() {
        return dialect.getValue() == null ? ClientDialect.OPENAI : dialect.getValue();
    }

    /** A wish from the page's address; what cannot be had is passed over. */
    void choose(String wishedModel, String wishedGroup, ClientDialect wishedDialect) {
        filling = true;
        dialect.setValue(wishedDialect);
        if (groups().contains(wishedGroup)) group.setValue(wishedGroup);
        offerModels();
        if (model.getListDataView().getItems().anyMatch(wishedModel::equals)) model.setValue(wishedModel);
        filling = false;
    }

    /** What the browser sends with each request. */
    ObjectNode said() {
        ObjectNode said = JSON.createObjectNode()
                .put("model", model())
                .put("group", group())
                .put("dialect", dialect().key())
                .put("dialectLabel", dialect().label())
                .put("thinking", thinking.getValue())
                .put("stream", stream.getValue())
                .put("system", system.getValue().strip());
        ObjectNode shaping = said.putObject("parameters");
        parameters.forEach(parameter -> parameter.say(shaping));
        JsonNode offeredTools = tools();
        if (offeredTools.isArray()) said.set("tools", offeredTools);
        else said.put("toolsFault", TOOLS_FAULT);
        tools.setInvalid(!offeredTools.isArray());
        tools.setErrorMessage(TOOLS_FAULT);
        return said;
    }

    private JsonNode tools() {
        String text = tools.getValue().strip();
        try {
            return text.isEmpty() ? JSON.createArrayNode() : JSON.readTree(text);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }

    /** What the browser keeps, to be here again next time. */
    ObjectNode saved() {
        ObjectNode saved = JSON.createObjectNode()
                .put("model", model())
                .put("group", group())
                .put("dialect", dialect().key())
                .put("thinking", thinking.getValue())
                .put("stream", stream.getValue())
                .put("system", system.getValue())
                .put("tools", tools.getValue());
        ObjectNode shaping = saved.putObject("parameters");
        parameters.forEach(parameter -> parameter.save(shaping));
        return saved;
    }

    /** @param kept what {@link #saved} once was, or anything: browsers keep what they like */
    void restore(String kept) {
        JsonNode saved;
        try {
            saved = JSON.readTree(kept.isEmpty() ? "{}" : kept);
        } catch (JacksonException e) {
            return;
        }
        filling = true;
        system.setValue(saved.path("system").asString(""));
        tools.setValue(saved.path("tools").asString(""));
        String effort = saved.path("thinking").asString("");
        thinking.setValue(THINKING.containsKey(effort) ? effort : "");
        stream.setValue(saved.path("stream").asBoolean(true));
        parameters.forEach(parameter -> parameter.restore(saved.path("parameters")));
        choose(
                saved.path("model").asString(""),
                saved.path("group").asString(""),
                ClientDialect.of(saved.path("dialect").asString("")));
        filling = false;
    }
}
