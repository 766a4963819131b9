package io.tollbook.relay.conversation;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where a piece of an answer comes from.
 *
 * @param url of a page; null where a document of the request is cited
 * @param from the first character of the text it stands behind, counted in characters; -1 where nobody says
 * @param to behind the last one; -1 where nobody says
 * @param vendor whose wording {@code original} has
 * @param original as the vendor wrote it, for its own clients
 */
public record Citation(
        @Nullable String url,
        @Nullable String title,
        @Nullable String quote,
        int from,
        int to,
        Vendor vendor,
        JsonNode original) {}
