package io.tollbook.kernel.channel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a channel's {@code settings} say about watching its provider's models.
 *
 * @param on whether it is compared from time to time
 * @param takesIn whether new models are served at once
 */
public record ModelWatch(boolean on, boolean takesIn, List<String> ignored) {
    private static final String SETTINGS = "settings";
    private static final String PREFIX = "upstream_model_update_";
    private static final String IGNORED = PREFIX + "ignored_models";

    public static ModelWatch of(ChannelTerms terms) {
        JsonNode settings = parsed(terms.extra().get(SETTINGS));
        List<String> ignored = new ArrayList<>();
        settings.path(IGNORED).forEach(entry -> {
            if (entry.isString() && !entry.asString().isBlank())
                ignored.add(entry.asString().strip());
        });
        return new ModelWatch(
                settings.path(PREFIX + "check_enabled").booleanValue(false),
                settings.path(PREFIX + "auto_sync_enabled").booleanValue(false),
                List.copyOf(ignored));
    }

    /** The channel's settings with more to be ignored. */
    public static String ignoring(ChannelTerms terms, List<String> more) {
        ObjectNode settings = parsed(terms.extra().get(SETTINGS));
        Set<String> all = new LinkedHashSet<>(of(terms).ignored);
        all.addAll(more);
        ArrayNode list = settings.putArray(IGNORED);
        all.forEach(list::add);
        return JsonMapper.shared().writeValueAsString(settings);
    }

    private static ObjectNode parsed(@Nullable String json) {
        if (json != null && !json.isBlank())
            try {
                JsonNode node = JsonMapper.shared().readTree(json);
                if (node.isString() && !node.asString().isBlank())
                    node = JsonMapper.shared().readTree(node.asString());
                if (node instanceof ObjectNode object) return object;
            } catch (JacksonException e) {
                // What cannot be read says nothing.
            }
        return JsonMapper.shared().createObjectNode();
    }
}
