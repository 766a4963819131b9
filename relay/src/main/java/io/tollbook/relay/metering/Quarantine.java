package io.tollbook.relay.metering;

import io.tollbook.kernel.account.QuarantinedUsage;
import io.tollbook.kernel.account.UsageFault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Keeps of a usage object what can be kept for ever: names and numbers, so many and so long, and no text. */
final class Quarantine {
    private static final int DEPTH_MAX = 4;
    private static final int NUMBER_MAX = 40;
    /** Every field of every dialect is called like this; a sentence is not. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,48}");

    private final Map<String, String> fields = new LinkedHashMap<>();
    private boolean cut;

    private Quarantine() {}

    static QuarantinedUsage of(UsageFault fault, JsonNode usage) {
        Quarantine quarantine = new Quarantine();
        quarantine.walk("", usage, 0);
        return new QuarantinedUsage(fault, quarantine.fields, quarantine.cut);
    }

    private void walk(String path, JsonNode node, int depth) {
        if (node.isNull() || node.isMissingNode()) return;
        if (fields.size() >= QuarantinedUsage.FIELDS_MAX || depth > DEPTH_MAX) {
            cut = true;
            return;
        }
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (NAME.matcher(field.getKey()).matches())
                    walk(inside(path, field.getKey()), field.getValue(), depth + 1);
                else cut = true;
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) walk(inside(path, Integer.toString(i)), node.get(i), depth + 1);
        } else {
            fields.put(path, node.isNumber() ? number(node.asString()) : node.isBoolean() ? node.asString() : "(text)");
        }
    }

    private static String inside(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String number(String number) {
        return number.length() <= NUMBER_MAX ? number : "(" + number.length() + " digits)";
    }
}
