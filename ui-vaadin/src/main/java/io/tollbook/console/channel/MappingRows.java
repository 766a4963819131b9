package io.tollbook.console.channel;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Tool;
import io.tollbook.kernel.Refused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which model name is sent to the provider for which of the client's: a row each, or all as text. */
class MappingRows extends Div {
    private record Pair(TextField from, TextField to) {}

    private final List<Pair> pairs = new ArrayList<>();
    private final Div rows = new Div();
    private final TextArea text = new TextArea();
    private final Button asText = new Button("As text");

    MappingRows() {
        setId("channel-mapping");
        addClassName("mapping");
        rows.addClassName("mapping-rows");
        text.setId("mapping-text");
        text.setAriaLabel("Model mapping, one pair a line");
        text.setPlaceholder("gpt-4.1 = gpt-4.1-2025-04-14");
        text.setWidthFull();
        text.setMinRows(4);
        text.setMaxRows(14);
        text.setVisible(false);
        asText.setId("mapping-as-text");
        asText.addClickListener(click -> turn());
        Button add = Tool.plain(
                "mapping-add",
                "Add a pair",
                Glyph.PLUS,
                click -> row("", "").from().focus());
        Div tools = Marks.row(add, asText);
        add(Marks.text("Model mapping", "field-label"), rows, text, tools);
    }

    private void turn() {
        try {
            if (text.isVisible()) show(pairs(text.getValue()));
            else text.setValue(lines(mapping()));
        } catch (Refused refused) {
            io.tollbook.console.page.Notices.refused(refused);
            return;
        }
        text.setVisible(!text.isVisible());
        rows.setVisible(!text.isVisible());
        asText.setText(text.isVisible() ? "As rows" : "As text");
    }

    void show(Map<String, String> mapping) {
        rows.removeAll();
        pairs.clear();
        new TreeMap<>(mapping).forEach(this::row);
    }

    /** For names that clients ask for and the provider has under others. */
    void offer(String from) {
        if (pairs.stream().noneMatch(pair -> pair.from().getValue().equals(from))) row(from, "");
    }

    private Pair row(String from, String to) {
        TextField left = field("Client's name", from);
        TextField right = field("Provider's name", to);
        Pair pair = new Pair(left, right);
        Div line = new Div();
        Button remove = Tool.icon("Remove this pair", Glyph.CROSS, click -> {
            rows.remove(line);
            pairs.remove(pair);
        });
        line.add(left, Marks.dim("→"), right, remove);
        line.addClassName("mapping-row");
        pairs.add(pair);
        rows.add(line);
        return pair;
    }

    private static TextField field(String label, String value) {
        TextField field = new TextField();
        field.setAriaLabel(label);
        field.setPlaceholder(label);
        field.setValue(value);
        return field;
    }

    /** @throws Refused for half a pair, or a name that is mapped twice */
    Map<String, String> mapping() {
        if (text.isVisible()) return pairs(text.getValue());
        Map<String, String> mapping = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            String from = pair.from().getValue().strip();
            String to = pair.to().getValue().strip();
            if (from.isEmpty() && to.isEmpty()) continue;
            if (from.isEmpty() || to.isEmpty())
                throw Refused.invalid("A pair of the model mapping has two names: " + (from.isEmpty() ? to : from));
            if (mapping.put(from, to) != null) throw Refused.invalid("The model mapping names " + from + " twice.");
        }
        return mapping;
    }

    private static String lines(Map<String, String> mapping) {
        return String.join(
                "\n",
                mapping.entrySet().stream()
                        .map(pair -> pair.getKey() + " = " + pair.getValue())
                        .toList());
    }

    /** Reads lines such as {@code a = b}. */
    static Map<String, String> pairs(String lines) {
        Map<String, String> pairs = new LinkedHashMap<>();
        int number = 0;
        for (String line : lines.split("\n")) {
            number++;
            if (line.isBlank()) continue;
            String[] sides = line.split("=", 2);
            if (sides.length < 2 || sides[0].isBlank() || sides[1].isBlank())
                throw Refused.invalid(
                        "Line " + number + " of the model mapping must look like: client's name = provider's name");
            if (pairs.put(sides[0].strip(), sides[1].strip()) != null)
                throw Refused.invalid("Line " + number + ": the model mapping names " + sides[0].strip() + " twice.");
        }
        return pairs;
    }
}
