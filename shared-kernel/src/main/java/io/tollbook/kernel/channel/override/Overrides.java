package io.tollbook.kernel.channel.override;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tollbook.kernel.Refused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A channel's {@code param_override}: fields of the request that are set as they stand here, and operations that follow in their
 * order.
 *
 * @param fields by their names, which are no paths
 */
public record Overrides(Map<String, JsonNode> fields, List<OverrideOperation> operations) {
    public static final Overrides NONE = new Overrides(Map.of(), List.of());
    private static final int OPERATIONS_MAX = 200;
    private static final int PATTERN_MAX = 500;
    private static final Set<String> KNOWN =
            Set.of("mode", "path", "value", "from", "to", "keep_origin", "logic", "conditions", "description");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    public boolean isEmpty() {
        return fields.isEmpty() && operations.isEmpty();
    }

    /** @throws Refused INVALID, naming the operation and its field */
    public static Overrides parse(@Nullable String json) {
        if (json == null || json.isBlank()) return NONE;
        JsonNode root = read(json);
        if (root.isString()) return parse(root.asString());
        if (root.isNull()) return NONE;
        if (!root.isObject()) throw Refused.invalid("param_override must be a JSON object.");
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        List<OverrideOperation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!entry.getKey().equals("operations")) {
                fields.put(entry.getKey(), entry.getValue());
                continue;
            }
            if (!entry.getValue().isArray() || entry.getValue().size() > OPERATIONS_MAX)
                throw Refused.invalid("param_override.operations must be a list of at most " + OPERATIONS_MAX + ".");
            for (JsonNode operation : entry.getValue())
                operations.add(operation("param_override.operations[" + operations.size() + "]", operation));
        }
        return new Overrides(fields, operations);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JacksonException e) {
            throw Refused.invalid(
                    "param_override is not JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ".");
        }
    }

    private static OverrideOperation operation(String place, JsonNode node) {
        if (!node.isObject()) throw Refused.invalid(place + " must be an object.");
        for (String name : node.propertyNames())
            if (!KNOWN.contains(name)) throw Refused.invalid(place + " has no field " + name + ".");
        String word = node.path("mode").asString("");
        OverrideMode mode = OverrideMode.of(word)
                .orElseThrow(() -> Refused.invalid(place + ".mode: there is no mode \"" + word + "\"."));
        OverrideMode.Needs needs = mode.needs;
        if (needs.path()) require(place, "path", node);
        if (needs.from()) require(place, "from", node);
        if (needs == OverrideMode.Needs.FROM_AND_TO) require(place, "to", node);
        if (needs.value() && node.path("value").isMissingNode())
            throw Refused.invalid(place + ".value is missing, which " + word + " needs.");
        if (mode == OverrideMode.REGEX_REPLACE)
            checkPattern(place, node.path("from").asString());
        if (mode == OverrideMode.SYNC_FIELDS)
            for (String end : List.of("from", "to"))
                if (!node.path(end).asString("").matches("(json|header):.+"))
                    throw Refused.invalid(place + "." + end + " must look like json:path or header:name.");
        String logic = node.path("logic").asString("OR");
        if (!logic.equalsIgnoreCase("OR") && !logic.equalsIgnoreCase("AND"))
            throw Refused.invalid(place + ".logic must be AND or OR.");
        return new OverrideOperation(
                mode,
                node.path("path").asString(""),
                node.path("value"),
                node.path("from").asString(""),
                node.path("to").asString(""),
                node.path("keep_origin").asBoolean(false),
                conditions(place + ".conditions", node.path("conditions")),
                logic.equalsIgnoreCase("AND"));
    }

    private static void require(String place, String field, JsonNode node) {
        if (!node.path(field).isString() || node.path(field).asString().isBlank())
            throw Refused.invalid(place + "." + field + " is missing, which "
                    + node.path("mode").asString() + " needs.");
    }

    private static void checkPattern(String place, String pattern) {
        if (pattern.length() > PATTERN_MAX)
            throw Refused.invalid(place + ".from is longer than " + PATTERN_MAX + " characters.");
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw Refused.invalid(place + ".from is no regular expression: " + e.getDescription() + ".");
        }
    }

    private static List<OverrideCondition> conditions(String place, JsonNode node) {
        List<OverrideCondition> conditions = new ArrayList<>();
        if (node.isMissingNode() || node.isNull()) return conditions;
        // The short form: values by their paths.
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> conditions.add(
                            new OverrideCondition(entry.getKey(), OverrideMatch.FULL, entry.getValue(), false, false)));
            return conditions;
        }
        if (!node.isArray()) throw Refused.invalid(place + " must be a list.");
        for (JsonNode one : node) {
            String here = place + "[" + conditions.size() + "]";
            if (one.path("path").asString("").isBlank()) throw Refused.invalid(here + ".path is missing.");
            String word = one.path("mode").asString("full");
            OverrideMatch match = OverrideMatch.of(word)
                    .orElseThrow(() -> Refused.invalid(here + ".mode: there is no comparison \"" + word + "\"."));
            if (one.path("value").isMissingNode()) throw Refused.invalid(here + ".value is missing.");
            if (match.isOfNumbers() && !one.path("value").isNumber())
                throw Refused.invalid(here + ".value must be a number, to be compared by " + word + ".");
            conditions.add(new OverrideCondition(
                    one.path("path").asString(),
                    match,
                    one.path("value"),
                    one.path("invert").asBoolean(false),
                    one.path("pass_missing_key").asBoolean(false)));
        }
        return conditions;
    }
}
