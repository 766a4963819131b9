package io.tollbook.console.channel;

import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.tollbook.kernel.Refused;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A JSON object, typed by hand: says at once in which line it is none. */
class JsonField extends TextArea {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final String field;

    /** @param field as the management API names it */
    JsonField(String id, String label, String field, String example) {
        super(label);
        this.field = field;
        setId(id);
        setPlaceholder(example);
        setMinRows(2);
        setMaxRows(14);
        addClassName("json-field");
        getElement().setAttribute("spellcheck", "false");
        setValueChangeMode(ValueChangeMode.LAZY);
        addValueChangeListener(change -> look());
    }

    private void look() {
        try {
            checked(field, getValue());
            setInvalid(false);
        } catch (Refused refused) {
            setErrorMessage(refused.getMessage());
            setInvalid(true);
        }
    }

    void show(String json) {
        try {
            setValue(json.isBlank() ? "" : JSON.writeValueAsString(JSON.readTree(json)));
        } catch (JacksonException e) {
            setValue(json);
        }
    }

    /** @throws Refused with line and column */
    String json() {
        return checked(field, getValue());
    }

    static String checked(String field, String text) {
        if (text.isBlank()) return "";
        try {
            JsonNode node = JSON.readTree(text);
            if (!node.isObject()) throw Refused.invalid(field + " must be a JSON object, like {\"name\": \"value\"}.");
            return JsonMapper.shared().writeValueAsString(node);
        } catch (JacksonException e) {
            throw Refused.invalid(
                    field + " is not JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ".");
        }
    }
}
