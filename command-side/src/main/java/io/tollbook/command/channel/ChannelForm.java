package io.tollbook.command.channel;

import io.tollbook.command.api.MalformedBody;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelTerms;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The management API's channel object as it comes in. Fields that are absent keep their value; unknown ones are kept. */
final class ChannelForm {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> TERMS = Set.of(
            "type",
            "name",
            "base_url",
            "models",
            "group",
            "priority",
            "weight",
            "auto_ban",
            "tag",
            "remark",
            "test_model",
            "model_mapping");
    /** Not ours to keep: identity, state, what is computed, and what may hold secrets. */
    private static final Set<String> LEFT_OUT = Set.of(
            "id",
            "key",
            "status",
            "created_time",
            "test_time",
            "response_time",
            "balance",
            "balance_updated_time",
            "used_quota",
            "other_info",
            "channel_info",
            "key_mode");

    private final JsonNode node;

    ChannelForm(JsonNode node) {
        if (!node.isObject()) throw new MalformedBody("The channel must be a JSON object.");
        this.node = node;
    }

    long id() {
        return whole("id", 0);
    }

    /** The provider's key or keys, one per line; blank where the form says none. */
    String key() {
        return text("key", "");
    }

    /** The form with a field that stands beside the channel; what the channel itself says wins. */
    static ChannelForm with(JsonNode channel, String field, @Nullable String value) {
        if (value != null && channel instanceof ObjectNode object && !object.has(field)) object.put(field, value);
        return new ChannelForm(channel);
    }

    /** @return whether the keys are added to the present ones, rather than take their place */
    boolean appendsKeys() {
        return switch (text("key_mode", "")) {
            case "append" -> true;
            case "", "replace" -> false;
            default -> throw Refused.invalid("key_mode must be append or replace.");
        };
    }

    @Nullable
    ChannelStatus status() {
        return given("status") ? ChannelStatus.of(small("status", 0)) : null;
    }

    boolean hasTerms() {
        return TERMS.stream().anyMatch(this::given)
                || node.propertyNames().stream().anyMatch(name -> !LEFT_OUT.contains(name));
    }

    private boolean given(String field) {
        return !node.path(field).isMissingNode() && !node.path(field).isNull();
    }

    ChannelTerms terms(@Nullable ChannelTerms before, String nameSuffix) {
        return new ChannelTerms(
                small("type", before == null ? 1 : before.type()),
                text("name", before == null ? "" : before.name()) + nameSuffix,
                text("base_url", before == null ? "" : before.baseUrl()),
                list("models", before == null ? List.of() : before.models()),
                list("group", before == null ? List.of("default") : before.groups()),
                whole("priority", before == null ? 0 : before.priority()),
                small("weight", before == null ? 0 : before.weight()),
                whole("auto_ban", before == null || before.autoBan() ? 1 : 0) != 0,
                text("tag", before == null ? "" : before.tag()),
                text("remark", before == null ? "" : before.remark()),
                text("test_model", before == null ? "" : before.testModel()),
                given("model_mapping")
                        ? mapping(node.path("model_mapping"))
                        : before == null ? Map.of() : before.modelMapping(),
                extra(before == null ? Map.of() : before.extra()));
    }

    private String text(String field, String before) {
        if (!given(field)) return before;
        if (!node.path(field).isString()) throw new MalformedBody(field + " must be a string.");
        return node.path(field).asString();
    }

    private long whole(String field, long before) {
        if (!given(field)) return before;
        JsonNode value = node.path(field);
        if (value.isBoolean()) return value.asBoolean() ? 1 : 0;
        if (value.isIntegralNumber() && value.canConvertToLong()) return value.longValue();
        throw new MalformedBody(field + " must be a whole number.");
    }

    private int small(String field, int before) {
        long value = whole(field, before);
        if (value != (int) value) throw Refused.invalid(field + " is out of range.");
        return (int) value;
    }

    private List<String> list(String field, List<String> before) {
        return given(field) ? Arrays.asList(text(field, "").split(",")) : before;
    }

    private static Map<String, String> mapping(JsonNode value) {
        try {
            JsonNode map = value.isString()
                    ? value.asString().isBlank() ? JSON.createObjectNode() : JSON.readTree(value.asString())
                    : value;
            Map<String, String> mapping = new HashMap<>();
            if (!map.isObject()) throw Refused.invalid("model_mapping must be a JSON object.");
            map.properties().forEach(entry -> {
                if (!entry.getValue().isString())
                    throw Refused.invalid("model_mapping of " + entry.getKey() + " must be a string.");
                mapping.put(entry.getKey(), entry.getValue().asString());
            });
            return mapping;
        } catch (JacksonException e) {
            throw Refused.invalid("model_mapping is not JSON.");
        }
    }

    private Map<String, String> extra(Map<String, String> before) {
        Map<String, String> extra = new HashMap<>(before);
        node.properties().forEach(entry -> {
            String name = entry.getKey();
            if (TERMS.contains(name) || LEFT_OUT.contains(name)) return;
            JsonNode value = entry.getValue();
            if (value.isNull()) return;
            String text = value.isString() ? value.asString() : JSON.writeValueAsString(value);
            if (text.isBlank()) extra.remove(name);
            else extra.put(name, text);
        });
        return extra;
    }
}
