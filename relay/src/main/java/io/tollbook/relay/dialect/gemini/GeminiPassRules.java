package io.tollbook.relay.dialect.gemini;

import io.tollbook.relay.dialect.EventBytes;
import io.tollbook.relay.dialect.PassRules;
import io.tollbook.relay.dialect.UpstreamErrors;
import io.tollbook.relay.metering.GeminiUsage;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What ends a candidate waits, and so does what follows it without a word of the answer. Google tells the usage in every
 * event, so of most only that is read, and the rest skipped over.
 */
final class GeminiPassRules extends PassRules {
    private static final JsonFactory JSON = JsonFactory.builder().build();
    private static final byte[] USAGE = quoted("usageMetadata");
    private static final byte[] FINISH = quoted("finishReason");
    private static final byte[] PARTS = quoted("parts");
    private static final byte[] SEARCHES = quoted("webSearchQueries");
    private static final byte[] ERROR = quoted("error");
    private static final byte[] LINES = "\ndata:".getBytes(StandardCharsets.US_ASCII);

    GeminiPassRules() {
        super(new GeminiUsage());
    }

    private static byte[] quoted(String field) {
        return ('"' + field + '"').getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Fate look(EventBytes event) {
        boolean isWhole = !event.contains(PARTS)
                || event.contains(FINISH)
                || event.contains(SEARCHES)
                || event.contains(ERROR)
                || hasLines(event);
        if (!isWhole) {
            if (!event.contains(USAGE)) return Fate.PASS;
            JsonNode alone = usageAlone(event);
            if (alone != null) {
                usage.read(alone);
                return Fate.PASS;
            }
        }
        JsonNode root = event.json();
        if (root == null) return Fate.PASS;
        usage.read(root);
        if (UpstreamErrors.isError(root)) return fail(UpstreamErrors.inside(root));
        return isEnd(root) ? Fate.KEEP : Fate.PASS;
    }

    /** Data in several lines are no JSON before they are joined. */
    private static boolean hasLines(EventBytes event) {
        byte[] bytes = event.bytes();
        for (int i = event.data(); i + LINES.length <= event.to(); i++) {
            if (bytes[i] != '\n') continue;
            boolean same = true;
            for (int j = 1; j < LINES.length && same; j++) same = bytes[i + j] == LINES[j];
            if (same) return true;
        }
        return false;
    }

    private static boolean isEnd(JsonNode root) {
        boolean hasWords = false;
        for (JsonNode candidate : root.path("candidates")) {
            if (!candidate.path("finishReason").stringValue("").isEmpty()) return true;
            hasWords |= !candidate.path("content").path("parts").isEmpty();
        }
        return !hasWords;
    }

    /** An answer that has nothing but its usage; null if there is none at its root. */
    private static @Nullable JsonNode usageAlone(EventBytes event) {
        try (JsonParser parser =
                JSON.createParser(ObjectReadContext.empty(), event.bytes(), event.data(), event.to() - event.data())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) return null;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean found = parser.currentName().equals("usageMetadata");
                parser.nextToken();
                int from = event.data() + (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                if (!found) continue;
                int to = event.data() + (int) parser.currentLocation().getByteOffset();
                ObjectNode alone = JsonMapper.shared().createObjectNode();
                alone.set("usageMetadata", JsonMapper.shared().readTree(event.bytes(), from, to - from));
                return alone;
            }
        } catch (JacksonException e) {
            return null;
        }
        return null;
    }
}
