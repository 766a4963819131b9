package io.tollbook.relay.dialect.gemini;

import io.tollbook.relay.dialect.EventBytes;
import io.tollbook.relay.dialect.PassRules;
import io.tollbook.relay.dialect.UpstreamErrors;
import io.tollbook.relay.metering.GeminiUsage;
import java.io.ByteArrayOutputStream;
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
    private static final byte[] BLOCKED = quoted("promptFeedback");
    private static final byte[] PARTS = quoted("parts");
    private static final byte[] SEARCHES = quoted("webSearchQueries");
    private static final byte[] ERROR = quoted("error");
    /** The usage with all its details has 500 bytes, and stands behind the picture that makes an event long. */
    private static final int TAIL_BYTES = 4 * 1024;

    private final ByteArrayOutputStream tail = new ByteArrayOutputStream();
    private boolean finished;

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
                || event.hasLines();
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
        finished |= event.contains(FINISH) || event.contains(BLOCKED);
        return isEnd(root) ? Fate.KEEP : Fate.PASS;
    }

    /** Whoever takes a truncated answer for a whole one acts on half a sentence. */
    @Override
    public void ended() {
        if (!finished) fail(UpstreamErrors.CUT);
    }

    @Override
    public void unread(byte[] bytes, int from, int to) {
        byte[] before = tail.toByteArray();
        tail.reset();
        int kept = Math.min(before.length, Math.max(0, TAIL_BYTES - (to - from)));
        tail.write(before, before.length - kept, kept);
        int begin = Math.max(from, to - TAIL_BYTES);
        tail.write(bytes, begin, to - begin);
        String text = tail.toString(StandardCharsets.ISO_8859_1);
        finished |= text.contains("\"finishReason\"");
        int at = text.lastIndexOf("\"usageMetadata\"");
        int open = at < 0 ? -1 : text.indexOf('{', at);
        if (open < 0) return;
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            if (text.charAt(i) == '{') depth++;
            if (text.charAt(i) == '}' && --depth == 0) {
                told(text.substring(open, i + 1));
                return;
            }
        }
    }

    private void told(String metadata) {
        try {
            ObjectNode alone = JsonMapper.shared().createObjectNode();
            alone.set("usageMetadata", JsonMapper.shared().readTree(metadata));
            usage.read(alone);
        } catch (JacksonException e) {
            // It was something else.
        }
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
