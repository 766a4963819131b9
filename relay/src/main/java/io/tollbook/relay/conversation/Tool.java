package io.tollbook.relay.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the model may use. */
public sealed interface Tool {
    /**
     * A function the client runs.
     *
     * @param parameters its JSON Schema as it was written; null for a function that takes nothing
     * @param strict whether the arguments must match the schema; null if not said
     * @param cache {@code cache_control} as it was written; null for none
     */
    record Function(
            String name,
            @Nullable String description,
            @Nullable JsonNode parameters,
            @Nullable Boolean strict,
            @Nullable JsonNode cache)
            implements Tool {}

    /**
     * A search the provider runs.
     *
     * @param contextSize low, medium or high; null if not said
     * @param usesMax null for no limit
     * @param location {@code city, region, country, timezone} by name, as all dialects have them; null for none
     */
    record WebSearch(
            @Nullable String contextSize,
            @Nullable Integer usesMax,
            List<String> allowedDomains,
            List<String> blockedDomains,
            @Nullable JsonNode location)
            implements Tool {
        public WebSearch {
            allowedDomains = List.copyOf(allowedDomains);
            blockedDomains = List.copyOf(blockedDomains);
        }
    }

    /** Something only one vendor runs. Another one refuses the request, naming it: an answer without it would be wrong. */
    record Foreign(Vendor vendor, String type, JsonNode definition) implements Tool {}
}
