package io.tollbook.relay.shaping;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values in a JSON tree by dotted paths: {@code messages.-1.content}, where a number counts from 0, a negative one from the end,
 * {@code *} stands for every member, and a dot in a name is written {@code \.}.
 */
final class JsonPlaces {
    private JsonPlaces() {}

    private static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        for (String step : path.split("(?<!\\\\)\\.")) steps.add(step.replace("\\.", "."));
        return steps;
    }

    /** The paths that one with stars stands for in this tree. */
    static List<String> expanded(JsonNode root, String path) {
        if (!path.contains("*")) return List.of(path);
        List<String> paths = new ArrayList<>();
        expand(root, steps(path), 0, "", paths);
        return paths;
    }

    private static void expand(JsonNode node, List<String> steps, int at, String done, List<String> paths) {
        if (at == steps.size()) {
            paths.add(done);
            return;
        }
        String step = steps.get(at);
        if (!step.equals("*")) {
            expand(child(node, step), steps, at + 1, joined(done, step), paths);
            return;
        }
        if (node.isArray())
            for (int i = 0; i < node.size(); i++)
                expand(node.path(i), steps, at + 1, joined(done, Integer.toString(i)), paths);
        else for (String name : node.propertyNames()) expand(node.path(name), steps, at + 1, joined(done, name), paths);
    }

    private static String joined(String done, String step) {
        String escaped = step.replace(".", "\\.");
        return done.isEmpty() ? escaped : done + "." + escaped;
    }

    static JsonNode get(JsonNode root, String path) {
        JsonNode node = root;
        for (String step : steps(path)) node = child(node, step);
        return node;
    }

    private static JsonNode child(JsonNode node, String step) {
        if (!node.isArray()) return node.path(step);
        Integer index = index((ArrayNode) node, step);
        return index == null || index >= node.size() ? MissingNode.getInstance() : node.path(index);
    }

    /** Null if the step is no number. */
    private static @Nullable Integer index(ArrayNode array, String step) {
        if (!step.matches("-?\\d{1,6}")) return null;
        int index = Integer.parseInt(step);
        if (index < 0) index += array.size();
        return index < 0 ? null : index;
    }

    /** Makes the objects on the way where there are none. Does nothing where something else is in the way. */
    static void set(ObjectNode root, String path, JsonNode value) {
        List<String> steps = steps(path);
        JsonNode node = root;
        for (String step : steps.subList(0, steps.size() - 1)) {
            JsonNode next = child(node, step);
            if (next.isMissingNode() || next.isNull()) {
                next = root.objectNode();
                put(node, step, next);
            }
            node = next;
        }
        put(node, steps.getLast(), value);
    }

    private static void put(JsonNode node, String step, JsonNode value) {
        if (node instanceof ObjectNode object) object.set(step, value);
        if (!(node instanceof ArrayNode array)) return;
        Integer index = index(array, step);
        if (index == null || index > array.size()) return;
        if (index == array.size()) array.add(value);
        else array.set(index, value);
    }

    static void delete(JsonNode root, String path) {
        List<String> steps = steps(path);
        JsonNode node = root;
        for (String step : steps.subList(0, steps.size() - 1)) node = child(node, step);
        if (node instanceof ObjectNode object) object.remove(steps.getLast());
        if (!(node instanceof ArrayNode array)) return;
        Integer index = index(array, steps.getLast());
        if (index != null && index < array.size()) array.remove(index.intValue());
    }
}
