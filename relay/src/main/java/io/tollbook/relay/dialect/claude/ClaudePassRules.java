package io.tollbook.relay.dialect.claude;

import io.tollbook.relay.dialect.EventBytes;
import io.tollbook.relay.dialect.PassRules;
import io.tollbook.relay.dialect.UpstreamErrors;
import io.tollbook.relay.metering.ClaudeUsage;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/**
 * The event with the final usage waits, and so does {@code message_stop}. Pieces of the answer, which are nearly all events,
 * are known by their first bytes and not parsed.
 */
final class ClaudePassRules extends PassRules {
    private static final String PIECE = "{\"type\":\"content_block_";
    private static final byte[] USAGE = bytes("\"usage\"");
    private static final byte[] ERROR = bytes("\"error\"");
    private static final byte[] STOP = bytes("\"message_stop\"");

    private boolean stopped;

    ClaudePassRules() {
        super(new ClaudeUsage());
    }

    /** Whoever takes a truncated answer for a whole one acts on half a sentence. */
    @Override
    public void ended() {
        if (!stopped) fail(UpstreamErrors.CUT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Fate look(EventBytes event) {
        if (event.dataStartsWith(PIECE)) return Fate.PASS;
        if (!event.contains(USAGE) && !event.contains(ERROR) && !event.contains(STOP)) return Fate.PASS;
        JsonNode root = event.json();
        if (root == null) return Fate.PASS;
        return switch (root.path("type").asString("")) {
            case "message_start" -> {
                usage.read(root);
                yield Fate.PASS;
            }
            case "message_delta" -> {
                usage.read(root);
                stopped = true;
                yield Fate.KEEP;
            }
            case "message_stop" -> {
                usage.read(root);
                yield Fate.END;
            }
            case "error" -> fail(ClaudeErrors.inside(root));
            default -> UpstreamErrors.isError(root) ? fail(ClaudeErrors.inside(root)) : Fate.PASS;
        };
    }
}
