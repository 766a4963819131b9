package io.tollbook.relay.shaping;

import io.tollbook.kernel.channel.override.OverrideCondition;
import io.tollbook.kernel.channel.override.OverrideMatch;
import tools.jackson.databind.JsonNode;

/** Compares values for conditions. */
final class OverrideMatches {
    private OverrideMatches() {}

    /** @throws OverrideError where two kinds are compared that never can be the same */
    static boolean matches(OverrideCondition condition, JsonNode found) {
        JsonNode value = condition.value();
        if (condition.match().isOfNumbers()) {
            if (!found.isNumber() || !value.isNumber()) return false;
            int order = found.decimalValue().compareTo(value.decimalValue());
            return switch (condition.match()) {
                case GT -> order > 0;
                case GTE -> order >= 0;
                case LT -> order < 0;
                default -> order <= 0;
            };
        }
        if (condition.match() == OverrideMatch.FULL) return isSame(condition.path(), found, value);
        String text = found.isValueNode() ? found.asString("") : found.toString();
        String part = value.asString("");
        return switch (condition.match()) {
            case PREFIX -> text.startsWith(part);
            case SUFFIX -> text.endsWith(part);
            default -> text.contains(part);
        };
    }

    private static boolean isSame(String path, JsonNode found, JsonNode value) {
        if (found.isNumber() && value.isNumber()) return found.decimalValue().compareTo(value.decimalValue()) == 0;
        if (!found.isNull() && !value.isNull() && found.getNodeType() != value.getNodeType())
            throw OverrideError.impossible(path + " is compared with a value of another kind.");
        return found.equals(value);
    }

    /** Whether a member of a list or object is of the kind that is taken out. */
    static boolean isPruned(JsonNode member, JsonNode which) {
        if (!member.isObject()) return false;
        if (which.isString()) return member.path("type").asString("").equals(which.asString());
        boolean any = false;
        boolean all = true;
        boolean isOr = which.path("logic").asString("AND").equalsIgnoreCase("OR");
        for (var entry : which.path("where").properties()) {
            boolean same = JsonPlaces.get(member, entry.getKey()).equals(entry.getValue());
            any |= same;
            all &= same;
        }
        for (JsonNode condition : which.path("conditions")) {
            JsonNode found = JsonPlaces.get(member, condition.path("path").asString(""));
            boolean same = !found.isMissingNode()
                    && matches(
                                    new OverrideCondition(
                                            condition.path("path").asString(""),
                                            match(condition.path("mode").asString("full")),
                                            condition.path("value"),
                                            false,
                                            false),
                                    found)
                            != condition.path("invert").asBoolean(false);
            any |= same;
            all &= same;
        }
        return isOr ? any : any && all;
    }

    private static OverrideMatch match(String word) {
        for (OverrideMatch match : OverrideMatch.values()) if (match.name().equalsIgnoreCase(word)) return match;
        throw OverrideError.impossible("There is no comparison \"" + word + "\".");
    }
}
