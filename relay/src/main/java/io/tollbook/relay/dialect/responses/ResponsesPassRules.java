package io.tollbook.relay.dialect.responses;

import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.dialect.EventBytes;
import io.tollbook.relay.dialect.Json;
import io.tollbook.relay.dialect.PassRules;
import io.tollbook.relay.dialect.UpstreamErrors;
import io.tollbook.relay.metering.ResponsesUsage;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The event that ends a response waits, and so do those that only say it has begun: a provider that fails behind them has
 * shown the client nothing, and another one may be asked. An event is parsed only if it may tell of usage or of an error.
 */
final class ResponsesPassRules extends PassRules {
    private static final byte[][] TELLING = {
        quoted("response.output_item.done"),
        quoted("response.completed"),
        quoted("response.incomplete"),
        quoted("response.failed"),
        quoted("response.created"),
        quoted("response.in_progress"),
        quoted("response.queued"),
        quoted("error")
    };
    /** What ends a response holds all of it and what was asked, pictures included. */
    private static final int EVENT_BYTES_MAX = 16 * 1024 * 1024;
    /** How OpenAI begins nearly all events: those that bring the answer piece by piece. */
    private static final String START = "{\"type\":\"response.";

    private boolean passed;
    private long events;
    /** As it began; null until then. */
    private @Nullable ObjectNode response;

    ResponsesPassRules() {
        super(new ResponsesUsage());
    }

    private static byte[] quoted(String text) {
        return ('"' + text + '"').getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Fate look(EventBytes event) {
        if (event.dataStartsWith("[DONE]")) return Fate.END;
        events++;
        if (isDelta(event) || !mayTell(event)) return pass();
        JsonNode root = event.json();
        if (root == null) return pass();
        usage.read(root);
        return switch (root.path("type").stringValue("")) {
            case "response.completed", "response.incomplete" -> Fate.END;
            case "response.failed", "error" -> {
                events--;
                yield fail(failure(root));
            }
            case "response.created", "response.in_progress", "response.queued" -> begin(root);
            case "" -> ResponsesErrors.read(root) == null ? pass() : fail(failure(root));
            default -> pass();
        };
    }

    private Fate begin(JsonNode event) {
        if (event.path("response") instanceof ObjectNode begun) response = begun;
        return passed ? Fate.PASS : Fate.BEGIN;
    }

    /** It holds the whole answer, and what was asked. */
    @Override
    public int eventBytesMax() {
        return EVENT_BYTES_MAX;
    }

    /** Without it no client takes a response for one. */
    @Override
    public void ended() {
        fail(UpstreamErrors.CUT);
    }

    @Override
    public byte @Nullable [] errorEvent(Failure why, String request) {
        return ResponsesErrors.event(
                why, request, events, response == null ? Json.MAPPER.createObjectNode() : response);
    }

    private Fate pass() {
        passed = true;
        return Fate.PASS;
    }

    private static Failure failure(JsonNode root) {
        Failure failure = ResponsesErrors.read(root);
        return failure == null ? UpstreamErrors.CUT : failure;
    }

    /** Whether its type, where it stands first, ends so. */
    private static boolean isDelta(EventBytes event) {
        if (!event.dataStartsWith(START)) return false;
        byte[] bytes = event.bytes();
        int end = event.data() + START.length();
        while (end < event.to() && bytes[end] != '"') end++;
        return bytes[end - 1] == 'a' && bytes[end - 2] == 't' && bytes[end - 6] == '.';
    }

    private static boolean mayTell(EventBytes event) {
        for (byte[] type : TELLING) if (event.contains(type)) return true;
        return false;
    }
}
