package io.tollbook.console.channel;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.kernel.Refused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Fields over a JSON object of a channel. What the object says besides stays as it is. */
final class JsonFields {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, Checkbox> switches = new LinkedHashMap<>();
    private final Map<String, IntegerField> numbers = new LinkedHashMap<>();
    private final Map<String, TextField> texts = new LinkedHashMap<>();
    private final Map<String, TextArea> areas = new LinkedHashMap<>();

    Checkbox onOff(String field, String label) {
        Checkbox box = new Checkbox(label);
        box.setId("channel-" + field);
        switches.put(field, box);
        return box;
    }

    /** A limit, of which nothing and 0 mean none. */
    IntegerField limit(String field, String label) {
        IntegerField number = new IntegerField(label);
        number.setId("channel-" + field);
        number.setMin(0);
        number.setMax(1_000_000);
        number.setPlaceholder("no limit");
        number.setClearButtonVisible(true);
        numbers.put(field, number);
        return number;
    }

    TextField text(String field, String label) {
        TextField text = new TextField(label);
        text.setId("channel-" + field);
        texts.put(field, text);
        return text;
    }

    TextArea area(String field, String label) {
        TextArea area = new TextArea(label);
        area.setId("channel-" + field);
        area.setMinRows(2);
        area.setMaxRows(8);
        areas.put(field, area);
        return area;
    }

    void show(String json) {
        JsonNode object = parsed(json);
        switches.forEach((field, box) -> box.setValue(object.path(field).asBoolean(false)));
        numbers.forEach((field, number) -> {
            int value = object.path(field).asInt(0);
            number.setValue(value == 0 ? null : value);
        });
        texts.forEach((field, text) -> text.setValue(object.path(field).asString("")));
        areas.forEach((field, area) -> area.setValue(object.path(field).asString("")));
    }

    private static ObjectNode parsed(String json) {
        try {
            if (!json.isBlank() && JSON.readTree(json) instanceof ObjectNode object) return object;
        } catch (JacksonException e) {
            // Stored before such texts were checked; what is set here begins a new one.
        }
        return JSON.createObjectNode();
    }

    /** The object with what the fields say; empty if it says nothing, and the same text if nothing changed. */
    String json(String before) {
        ObjectNode object = parsed(before);
        ObjectNode first = object.deepCopy();
        switches.forEach((field, box) -> {
            if (box.getValue()) object.put(field, true);
            else if (object.path(field).asBoolean(false)) object.remove(field);
        });
        numbers.forEach((field, number) -> {
            Integer value = number.getValue();
            if (number.isInvalid() || value != null && value < 0)
                throw Refused.invalid("“" + number.getLabel() + "” is a whole number from 0 to 1,000,000.");
            if (value == null || value == 0) object.remove(field);
            else object.put(field, value);
        });
        texts.forEach((field, text) -> put(object, field, text.getValue()));
        areas.forEach((field, area) -> put(object, field, area.getValue()));
        if (object.equals(first)) return before;
        return object.isEmpty() ? "" : JSON.writeValueAsString(object);
    }

    private static void put(ObjectNode object, String field, String value) {
        if (value.isBlank()) object.remove(field);
        else object.put(field, value.strip());
    }

    /** Whether any field says something, so that its section is opened. */
    boolean isFilled() {
        return switches.values().stream().anyMatch(Checkbox::getValue)
                || numbers.values().stream().anyMatch(number -> number.getValue() != null)
                || List.copyOf(texts.values()).stream().anyMatch(text -> !text.isEmpty())
                || areas.values().stream().anyMatch(area -> !area.isEmpty());
    }
}
