package io.tollbook.command.channel;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One channel of a file. */
final class ChannelFileFields {
    /** JSON in the management API, fields of fields here. */
    static final Set<String> STRUCTURED =
            Set.of("setting", "settings", "param_override", "header_override", "status_code_mapping");

    /** Kept as texts by their names. */
    static final Set<String> EXTRA = Set.of(
            "setting",
            "settings",
            "param_override",
            "header_override",
            "status_code_mapping",
            "multi_key_mode",
            "other",
            "openai_organization");

    private static final Set<String> OWN = Set.of(
            "id",
            "name",
            "type",
            "enabled",
            "key",
            "base_url",
            "models",
            "groups",
            "priority",
            "weight",
            "auto_ban",
            "tag",
            "remark",
            "test_model",
            "model_mapping",
            "extra");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Node item;
    private final Map<String, NodeTuple> fields;

    ChannelFileFields(Node item) {
        this.item = item;
        fields = YamlNodes.fields(item, "a channel");
        fields.forEach((name, tuple) -> {
            if (!OWN.contains(name) && !EXTRA.contains(name))
                throw YamlNodes.refused(tuple.getKeyNode(), "a channel has no field “" + name + "”.");
        });
    }

    /** With the line of a field, or of the channel where it has none of that name. */
    Refused refused(String field, String why) {
        NodeTuple tuple = fields.get(field);
        return YamlNodes.refused(tuple == null ? item : tuple.getKeyNode(), why);
    }

    /** A refusal of the terms, with the line of the field that it speaks of, or of the channel. */
    Refused refused(Refused refused) {
        String message = refused.getMessage();
        String words = message.toLowerCase(Locale.ROOT);
        for (String field : fields.keySet()) if (message.startsWith(field + ":")) return refused(field, message);
        for (String field : fields.keySet()) {
            String word = field.replace('_', ' ');
            if (word.endsWith("s")) word = word.substring(0, word.length() - 1);
            if (words.matches(".*\\b" + Pattern.quote(word) + "\\b.*")) return refused(field, message);
        }
        return refused("", message);
    }

    /** The channel it names: by id, else by a name that one channel has; null for a new one. */
    @Nullable
    ChannelSummary present(List<ChannelSummary> present) {
        Node id = value("id");
        if (id != null) {
            long number = YamlNodes.whole(id, "id");
            return present.stream()
                    .filter(channel -> channel.id().value() == number)
                    .findFirst()
                    .orElseThrow(() -> refused("id", "there is no channel " + number + ". A new channel has no id."));
        }
        String name = text("name", "");
        if (name.isBlank()) throw refused("name", "the channel needs a name or an id.");
        List<ChannelSummary> named = present.stream()
                .filter(channel -> channel.terms().name().equals(name.strip()))
                .toList();
        if (named.size() > 1) throw refused("name", named.size() + " channels are called so. Say which one by its id.");
        return named.isEmpty() ? null : named.getFirst();
    }

    private @Nullable Node value(String field) {
        NodeTuple tuple = fields.get(field);
        return tuple == null || YamlNodes.isNothing(tuple.getValueNode()) ? null : tuple.getValueNode();
    }

    private String text(String field, String before) {
        NodeTuple tuple = fields.get(field);
        if (tuple == null) return before;
        return Objects.requireNonNullElse(YamlNodes.text(tuple.getValueNode(), field), "");
    }

    @Nullable
    String key() {
        Node key = value("key");
        return key == null ? null : YamlNodes.text(key, "key");
    }

    boolean enabled(boolean otherwise) {
        Node enabled = value("enabled");
        return enabled == null ? otherwise : YamlNodes.yes(enabled, "enabled");
    }

    ChannelTerms terms(@Nullable ChannelTerms before) {
        try {
            return new ChannelTerms(
                    type(before == null ? ChannelType.OPENAI.number() : before.type()),
                    text("name", before == null ? "" : before.name()),
                    text("base_url", before == null ? "" : before.baseUrl()),
                    list("models", before == null ? List.of() : before.models()),
                    list("groups", before == null ? List.of("default") : before.groups()),
                    whole("priority", before == null ? 0 : before.priority()),
                    small("weight", before == null ? 1 : before.weight()),
                    value("auto_ban") == null
                            ? before == null || before.autoBan()
                            : YamlNodes.yes(Objects.requireNonNull(value("auto_ban")), "auto_ban"),
                    text("tag", before == null ? "" : before.tag()).strip(),
                    text("remark", before == null ? "" : before.remark()),
                    text("test_model", before == null ? "" : before.testModel()),
                    mapping(before == null ? Map.of() : before.modelMapping()),
                    extra(before == null ? Map.of() : before.extra()));
        } catch (Refused refused) {
            if (refused.getMessage().startsWith("Line ")) throw refused;
            throw refused(refused);
        }
    }

    private int type(int before) {
        Node type = value("type");
        if (type == null) return before;
        String text = Objects.requireNonNullElse(YamlNodes.text(type, "type"), "");
        for (ChannelType one : ChannelType.values())
            if (one.label().equalsIgnoreCase(text)
                    || Integer.toString(one.number()).equals(text)) return one.number();
        throw refused("type", "there is no type of channel “" + text + "”.");
    }

    private long whole(String field, long before) {
        Node node = value(field);
        return node == null ? before : YamlNodes.whole(node, field);
    }

    private int small(String field, int before) {
        long value = whole(field, before);
        if (value != (int) value) throw refused(field, field + " is out of range.");
        return (int) value;
    }

    private List<String> list(String field, List<String> before) {
        NodeTuple tuple = fields.get(field);
        if (tuple == null) return before;
        List<String> list = new ArrayList<>();
        for (Node one : YamlNodes.items(tuple.getValueNode(), field))
            list.add(Objects.requireNonNullElse(YamlNodes.text(one, "an entry of " + field), ""));
        return list;
    }

    private Map<String, String> mapping(Map<String, String> before) {
        NodeTuple tuple = fields.get("model_mapping");
        if (tuple == null) return before;
        return texts(tuple.getValueNode(), "model_mapping");
    }

    private static Map<String, String> texts(Node node, String what) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (YamlNodes.isNothing(node)) return texts;
        YamlNodes.fields(node, what)
                .forEach((name, tuple) -> texts.put(
                        name,
                        Objects.requireNonNullElse(YamlNodes.text(tuple.getValueNode(), name + " in " + what), "")));
        return texts;
    }

    private Map<String, String> extra(Map<String, String> before) {
        Map<String, String> extra = new HashMap<>(before);
        NodeTuple others = fields.get("extra");
        if (others != null) {
            extra.keySet().retainAll(EXTRA);
            texts(others.getValueNode(), "extra").forEach((name, text) -> {
                if (EXTRA.contains(name)) throw refused("extra", name + " is a field of its own.");
                put(extra, name, text);
            });
        }
        for (String field : EXTRA) {
            NodeTuple tuple = fields.get(field);
            if (tuple == null) continue;
            Node value = tuple.getValueNode();
            if (YamlNodes.isNothing(value)) extra.remove(field);
            else if (!STRUCTURED.contains(field)) put(extra, field, text(field, ""));
            else put(extra, field, json(value, before.get(field)));
        }
        return extra;
    }

    private static void put(Map<String, String> extra, String field, String text) {
        if (text.isBlank()) extra.remove(field);
        else extra.put(field, text);
    }

    /** The text that stands there already where it says the same, since spaces are no change. */
    private static String json(Node value, @Nullable String before) {
        String text = JSON.writeValueAsString(YamlNodes.json(value));
        if (before == null) return text;
        try {
            return JSON.readTree(before).equals(JSON.readTree(text)) ? before : text;
        } catch (JacksonException e) {
            return text;
        }
    }
}
