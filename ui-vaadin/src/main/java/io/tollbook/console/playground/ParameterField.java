package io.tollbook.console.playground;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.NumberField;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One parameter: whether it is said at all, and what. */
class ParameterField extends Div {
    private final Parameter parameter;
    private final Checkbox on;
    private final NumberField value = new NumberField();

    ParameterField(Parameter parameter, Runnable changed) {
        this.parameter = parameter;
        addClassName("pg-parameter");
        on = new Checkbox(parameter.label());
        on.setId("pg-" + parameter.key() + "-on");
        value.setId("pg-" + parameter.key());
        value.setAriaLabel(parameter.label());
        value.setMin(parameter.least());
        value.setMax(parameter.most());
        value.setStep(parameter.step());
        value.setStepButtonsVisible(true);
        value.setValue(parameter.usual());
        value.setEnabled(false);
        on.addValueChangeListener(change -> {
            value.setEnabled(change.getValue());
            changed.run();
        });
        value.addValueChangeListener(change -> changed.run());
        add(on, value);
    }

    /** What a dialect does not know is not offered, and not said. */
    void offerFor(ClientDialect dialect) {
        setVisible(dialect.knows(parameter));
        double most = dialect.most(parameter);
        value.setMax(most);
        if (value.getValue() != null && value.getValue() > most) value.setValue(most);
    }

    void say(ObjectNode parameters) {
        if (isVisible() && on.getValue() && value.getValue() != null && !value.isInvalid())
            put(parameters, value.getValue());
    }

    private void put(ObjectNode target, double number) {
        if (parameter.isWhole()) target.put(parameter.key(), (long) number);
        else target.put(parameter.key(), number);
    }

    void save(ObjectNode all) {
        ObjectNode one = all.putObject(parameter.key()).put("on", on.getValue());
        if (value.getValue() != null) one.put("value", value.getValue());
    }

    void restore(JsonNode all) {
        JsonNode one = all.path(parameter.key());
        double wished = one.path("value").asDouble(parameter.usual());
        if (wished >= parameter.least() && wished <= value.getMax()) value.setValue(wished);
        on.setValue(one.path("on").asBoolean(false));
    }
}
