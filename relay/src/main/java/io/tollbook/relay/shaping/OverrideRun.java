package io.tollbook.relay.shaping;

import com.google.re2j.Pattern;
import io.tollbook.kernel.channel.override.OverrideCondition;
import io.tollbook.kernel.channel.override.OverrideMode;
import io.tollbook.kernel.channel.override.OverrideOperation;
import io.tollbook.kernel.channel.override.Overrides;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Does to one request what a channel's {@link Overrides} say. */
final class OverrideRun {
    private final ObjectNode body;
    private final OverrideHeaders headers;
    private final OverrideFacts facts;

    OverrideRun(ObjectNode body, OverrideHeaders headers, OverrideFacts facts) {
        this.body = body;
        this.headers = headers;
        this.facts = facts;
    }

    /** @throws OverrideError where an operation says that the call is to fail, or cannot be done */
    void run(Overrides overrides) {
        overrides.fields().forEach((name, value) -> body.set(name, value.deepCopy()));
        for (OverrideOperation operation : overrides.operations()) if (isMet(operation)) run(operation);
    }

    private boolean isMet(OverrideOperation operation) {
        List<OverrideCondition> conditions = operation.conditions();
        if (conditions.isEmpty()) return true;
        return operation.all()
                ? conditions.stream().allMatch(this::isMet)
                : conditions.stream().anyMatch(this::isMet);
    }

    private boolean isMet(OverrideCondition condition) {
        JsonNode found = JsonPlaces.get(body, condition.path());
        if (found.isMissingNode()) found = facts.at(condition.path(), headers);
        return found.isMissingNode()
                ? condition.passesMissing()
                : OverrideMatches.matches(condition, found) != condition.invert();
    }

    private void run(OverrideOperation operation) {
        switch (operation.mode()) {
            case MOVE, COPY -> move(operation);
            case SYNC_FIELDS -> sync(operation);
            case RETURN_ERROR -> throw OverrideError.of(operation.value());
            case SET_HEADER -> headers.set(operation.path(), operation.value(), operation.keepOrigin());
            case DELETE_HEADER -> headers.delete(operation.path());
            case COPY_HEADER -> headers.copy(operation.from(), operation.to(), operation.keepOrigin(), false);
            case MOVE_HEADER -> headers.copy(operation.from(), operation.to(), operation.keepOrigin(), true);
            case PASS_HEADERS -> headers.pass(operation.value(), operation.keepOrigin());
            default -> {
                // From the last to the first, so that what is taken out of a list moves nothing that is still to come.
                for (String path : JsonPlaces.expanded(body, operation.path()).reversed()) at(path, operation);
            }
        }
    }

    private void at(String path, OverrideOperation operation) {
        JsonNode present = JsonPlaces.get(body, path);
        String affix = operation.value().asString("");
        switch (operation.mode()) {
            case SET -> {
                if (!operation.keepOrigin() || present.isMissingNode())
                    JsonPlaces.set(body, path, operation.value().deepCopy());
            }
            case DELETE -> JsonPlaces.delete(body, path);
            case PREPEND ->
                JsonPlaces.set(body, path, joined(operation.value(), present, true, operation.keepOrigin()));
            case APPEND ->
                JsonPlaces.set(body, path, joined(operation.value(), present, false, operation.keepOrigin()));
            case TRIM_PREFIX ->
                text(path, present, text -> text.startsWith(affix) ? text.substring(affix.length()) : text);
            case TRIM_SUFFIX ->
                text(
                        path,
                        present,
                        text -> text.endsWith(affix) ? text.substring(0, text.length() - affix.length()) : text);
            case ENSURE_PREFIX -> text(path, present, text -> text.startsWith(affix) ? text : affix + text);
            case ENSURE_SUFFIX -> text(path, present, text -> text.endsWith(affix) ? text : text + affix);
            case TRIM_SPACE -> text(path, present, String::strip);
            case TO_LOWER -> text(path, present, text -> text.toLowerCase(Locale.ROOT));
            case TO_UPPER -> text(path, present, text -> text.toUpperCase(Locale.ROOT));
            case REPLACE -> text(path, present, text -> text.replace(operation.from(), operation.to()));
            case REGEX_REPLACE ->
                text(
                        path,
                        present,
                        text -> Pattern.compile(operation.from()).matcher(text).replaceAll(operation.to()));
            case PRUNE_OBJECTS -> prune(present, operation.value());
            default -> throw new IllegalStateException(operation.mode().word());
        }
    }

    private void text(String path, JsonNode present, UnaryOperator<String> change) {
        if (present.isString()) JsonPlaces.set(body, path, StringNode.valueOf(change.apply(present.asString())));
    }

    /** Texts are joined, lists take in what is given, objects take over its members. */
    private static JsonNode joined(JsonNode value, JsonNode present, boolean isBefore, boolean keepsOrigin) {
        if (present.isMissingNode() || present.isNull()) return value.deepCopy();
        if (present.isString()) {
            String more = value.asString("");
            return StringNode.valueOf(isBefore ? more + present.asString() : present.asString() + more);
        }
        if (present instanceof ArrayNode array) {
            ArrayNode all = array.arrayNode();
            if (!isBefore) all.addAll(array);
            if (value.isArray()) value.forEach(member -> all.add(member.deepCopy()));
            else all.add(value.deepCopy());
            if (isBefore) all.addAll(array);
            return all;
        }
        if (present instanceof ObjectNode object && value.isObject()) {
            ObjectNode all = object.deepCopy();
            value.properties().forEach(entry -> {
                if (!keepsOrigin || !all.has(entry.getKey()))
                    all.set(entry.getKey(), entry.getValue().deepCopy());
            });
            return all;
        }
        return present;
    }

    private void move(OverrideOperation operation) {
        JsonNode moved = JsonPlaces.get(body, operation.from());
        if (moved.isMissingNode())
            throw OverrideError.impossible(operation.mode().word() + " finds nothing at " + operation.from() + ".");
        boolean stays =
                operation.keepOrigin() && !JsonPlaces.get(body, operation.to()).isMissingNode();
        if (!stays) JsonPlaces.set(body, operation.to(), moved.deepCopy());
        if (operation.mode() == OverrideMode.MOVE) JsonPlaces.delete(body, operation.from());
    }

    /** Fills the one of two places that is empty from the other. */
    private void sync(OverrideOperation operation) {
        JsonNode from = end(operation.from());
        JsonNode to = end(operation.to());
        if (isEmpty(from) && !isEmpty(to)) fill(operation.from(), to);
        else if (!isEmpty(from) && isEmpty(to)) fill(operation.to(), from);
    }

    private static boolean isEmpty(JsonNode node) {
        return node.isMissingNode()
                || node.isNull()
                || node.isString() && node.asString().isEmpty();
    }

    private JsonNode end(String place) {
        return place.startsWith("json:")
                ? JsonPlaces.get(body, place.substring("json:".length()))
                : headers.node(place.substring("header:".length()));
    }

    private void fill(String place, JsonNode value) {
        if (place.startsWith("json:")) JsonPlaces.set(body, place.substring("json:".length()), value.deepCopy());
        else if (value.isValueNode()) headers.set(place.substring("header:".length()), value, false);
    }

    private static void prune(JsonNode node, JsonNode which) {
        boolean recursive = which.path("recursive").asBoolean(true);
        if (node instanceof ArrayNode array) {
            for (int i = array.size() - 1; i >= 0; i--)
                if (OverrideMatches.isPruned(array.path(i), which)) array.remove(i);
                else if (recursive) prune(array.path(i), which);
        } else if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>(object.propertyNames());
            for (String name : names)
                if (OverrideMatches.isPruned(object.path(name), which)) object.remove(name);
                else if (recursive) prune(object.path(name), which);
        }
    }
}
