package io.tollbook.relay.shaping;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.override.Overrides;
import io.tollbook.kernel.channel.override.StatusCodes;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.ClientRequest;
import io.tollbook.relay.dialect.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a channel's settings say about its requests and answers, in New API's words: {@code setting}, {@code settings} and
 * {@code header_override}. What cannot be read changes nothing.
 */
public final class ChannelShape {
    /** Fields that cost or reveal more than the price says, and so go no further unless the channel allows them. */
    private static final Map<String, String> ALLOWED_BY = Map.of(
            "service_tier", "allow_service_tier",
            "inference_geo", "allow_inference_geo",
            "speed", "allow_speed",
            "safety_identifier", "allow_safety_identifier");

    private static final String STREAM_OPTIONS = "stream_options";

    private final SystemPrompt systemPrompt;
    private final boolean forcesFormat;
    private final boolean showsThinking;
    private final Set<String> removed = new TreeSet<>();
    private final boolean removesObfuscation;
    private final HeaderTemplates headers;
    private final Overrides overrides;
    private final Map<Integer, Integer> statuses;

    private ChannelShape(
            JsonNode setting,
            JsonNode settings,
            JsonNode headerOverride,
            Overrides overrides,
            Map<Integer, Integer> statuses) {
        this.overrides = overrides;
        this.statuses = statuses;
        systemPrompt = new SystemPrompt(
                setting.path("system_prompt").stringValue(""),
                setting.path("system_prompt_override").booleanValue(false));
        forcesFormat = setting.path("force_format").booleanValue(false);
        showsThinking = setting.path("thinking_to_content").booleanValue(false);
        ALLOWED_BY.forEach((field, allowance) -> {
            if (!settings.path(allowance).booleanValue(false)) removed.add(field);
        });
        if (settings.path("disable_store").booleanValue(false)) removed.add("store");
        removesObfuscation = !settings.path("allow_include_obfuscation").booleanValue(false);
        Map<String, String> templates = new LinkedHashMap<>();
        headerOverride
                .properties()
                .forEach(entry -> templates.put(entry.getKey(), entry.getValue().asString("")));
        headers = new HeaderTemplates(templates);
    }

    public static ChannelShape of(ChannelTerms terms) {
        return new ChannelShape(
                parsed(terms.extra().get("setting")),
                parsed(terms.extra().get("settings")),
                parsed(terms.extra().get("header_override")),
                overrides(terms.extra().get("param_override")),
                StatusCodes.parse(terms.extra().get("status_code_mapping")));
    }

    /** Such as were stored before they were looked at closely. */
    private static Overrides overrides(@Nullable String json) {
        try {
            return Overrides.parse(json);
        } catch (Refused refused) {
            return Overrides.NONE;
        }
    }

    /** These fields are JSON texts, in the management API as text inside of JSON. */
    public static JsonNode parsed(@Nullable String json) {
        if (json == null || json.isBlank()) return Json.MAPPER.createObjectNode();
        try {
            JsonNode node = Json.MAPPER.readTree(json);
            if (node.isString() && !node.asString().isBlank()) node = Json.MAPPER.readTree(node.asString());
            if (node.isObject()) return node;
        } catch (JacksonException e) {
            // Said above: it changes nothing.
        }
        return Json.MAPPER.createObjectNode();
    }

    /** Whether answers are read and written anew though the client speaks the provider's dialect. */
    public boolean rewritesAnswers() {
        return forcesFormat || showsThinking;
    }

    /** Whether thinking is shown as text between {@code <think>} marks. */
    public boolean showsThinking() {
        return showsThinking;
    }

    public HeaderTemplates headers() {
        return headers;
    }

    /**
     * The request for the provider; the very same bytes where nothing is to be changed.
     *
     * @param asked by the client, which knows its own fields, however they were escaped
     */
    public byte[] body(Vendor dialect, byte[] body, ClientRequest asked) {
        boolean says = removed.stream().anyMatch(asked::says) || removesObfuscation && asked.says(STREAM_OPTIONS);
        if (systemPrompt.isEmpty() && !says) return body;
        JsonNode root = Json.object(body);
        boolean changed = filter((ObjectNode) root);
        changed |= systemPrompt.addTo((ObjectNode) root, dialect);
        return changed ? Json.MAPPER.writeValueAsBytes(root) : body;
    }

    /** What a client sees for a provider's error; 502 for what is none. */
    public int shownStatus(int status) {
        return statuses.getOrDefault(status, status < 400 ? 502 : status);
    }

    public boolean overrides() {
        return !overrides.isEmpty();
    }

    /**
     * The request as the channel's operations leave it.
     *
     * @param headers of the request, which operations change too
     * @throws OverrideError where they say that the call is to fail
     */
    public byte[] overridden(byte[] body, Map<String, String> headers, ClientHeaders client, OverrideFacts facts) {
        ObjectNode root = (ObjectNode) Json.object(body);
        OverrideHeaders changed = new OverrideHeaders(client);
        new OverrideRun(root, changed, facts).run(overrides);
        changed.changes().forEach((name, value) -> {
            if (value != null) HeaderTemplates.put(headers, name, value);
            else headers.keySet().removeIf(known -> known.equalsIgnoreCase(name));
        });
        return Json.MAPPER.writeValueAsBytes(root);
    }

    private boolean filter(ObjectNode root) {
        boolean changed = false;
        for (String field : removed) changed |= root.remove(field) != null;
        if (removesObfuscation && root.path(STREAM_OPTIONS) instanceof ObjectNode options)
            changed |= options.remove("include_obfuscation") != null;
        return changed;
    }
}
