package io.tollbook.kernel.settings;

import io.tollbook.kernel.Refused;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which pages of the site everybody may open, as root wrote it in {@link Option#HEADER_MODULES}: a switch for each, and for
 * some also whether it asks for sign-in, <code>{"pricing":{"enabled":true,"requireAuth":false}}</code>. What is not named is on.
 */
public final class HeaderModules {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Those that may ask for sign-in. */
    private static final Set<String> GATED = Set.of("pricing", "rankings");

    /** Who may open a page. */
    public enum Access {
        EVERYBODY,
        SIGNED_IN,
        NOBODY
    }

    private HeaderModules() {}

    /** Who may open the pricing page. */
    public static Access pricing(Map<String, String> options) {
        String text = Option.HEADER_MODULES.text(options);
        if (text.isBlank()) return Access.EVERYBODY;
        try {
            return access(JSON.readTree(text).path("pricing"));
        } catch (JacksonException e) {
            return Access.SIGNED_IN; // What was meant is not known, so strangers wait until it is.
        }
    }

    private static Access access(JsonNode module) {
        if (module.isBoolean()) return module.booleanValue() ? Access.EVERYBODY : Access.NOBODY;
        if (!module.path("enabled").asBoolean(true)) return Access.NOBODY;
        return module.path("requireAuth").asBoolean(false) ? Access.SIGNED_IN : Access.EVERYBODY;
    }

    /** @throws Refused INVALID naming the part that is wrong */
    public static void check(String text) {
        if (text.isBlank()) return;
        String key = Option.HEADER_MODULES.key();
        JsonNode modules;
        try {
            modules = JSON.readTree(text);
        } catch (JacksonException e) {
            throw Refused.invalid(key + " is not JSON.");
        }
        if (!modules.isObject())
            throw Refused.invalid(key + " must look like {\"pricing\":{\"enabled\":true,\"requireAuth\":false}}.");
        for (Map.Entry<String, JsonNode> module : modules.properties()) {
            JsonNode value = module.getValue();
            boolean gate = GATED.contains(module.getKey())
                    && value.isObject()
                    && isSwitch(value, "enabled")
                    && isSwitch(value, "requireAuth");
            if (!gate && !value.isBoolean())
                throw Refused.invalid(key + ": " + module.getKey() + " must be true or false"
                        + (GATED.contains(module.getKey()) ? ", or {\"enabled\":true,\"requireAuth\":false}." : "."));
        }
    }

    private static boolean isSwitch(JsonNode gate, String field) {
        return !gate.has(field) || gate.path(field).isBoolean();
    }
}
