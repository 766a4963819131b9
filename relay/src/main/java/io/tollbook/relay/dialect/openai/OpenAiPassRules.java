package io.tollbook.relay.dialect.openai;

import io.tollbook.relay.dialect.EventBytes;
import io.tollbook.relay.dialect.PassRules;
import io.tollbook.relay.dialect.UpstreamErrors;
import io.tollbook.relay.metering.OpenAiUsage;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** The usage chunk and {@code [DONE]} wait. An event is parsed only if it may tell of usage or of an error. */
final class OpenAiPassRules extends PassRules {
    private static final byte[] USAGE = "\"usage\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "\"error\"".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] FINISH = "\"finish_reason\"".getBytes(StandardCharsets.US_ASCII);

    private final boolean clientWantsUsage;
    private boolean finished;

    OpenAiPassRules(boolean clientWantsUsage) {
        super(new OpenAiUsage());
        this.clientWantsUsage = clientWantsUsage;
    }

    @Override
    public Fate look(EventBytes event) {
        if (event.dataStartsWith("[DONE]")) return Fate.END;
        finished = finished || event.tells(FINISH);
        if (!event.tells(USAGE) && !event.tells(ERROR)) return Fate.PASS;
        JsonNode root = event.json();
        if (root == null) return Fate.PASS;
        usage.read(root);
        if (UpstreamErrors.isError(root)) return fail(UpstreamErrors.inside(root));
        if (!isUsageChunk(root)) return Fate.PASS;
        return clientWantsUsage ? Fate.KEEP : Fate.DROP;
    }

    /** It may have been the one that says so. */
    @Override
    public void unread(byte[] bytes, int from, int to) {
        finished = true;
    }

    /** Whoever takes a truncated answer for a whole one acts on half a sentence. */
    @Override
    public void ended() {
        if (!finished) fail(UpstreamErrors.CUT);
    }

    private static boolean isUsageChunk(JsonNode root) {
        return root.path("usage").isObject()
                && root.path("choices").isArray()
                && root.path("choices").isEmpty();
    }
}
