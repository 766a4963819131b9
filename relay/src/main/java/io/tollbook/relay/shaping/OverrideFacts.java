package io.tollbook.relay.shaping;

import io.tollbook.relay.conversation.Failure;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What conditions may ask of a call beside its body.
 *
 * @param attempt from 0
 * @param lastStatus of the provider that failed before; 0 if none did
 * @param last how that failed; null if none did
 * @param isTest whether nobody asks but us
 */
public record OverrideFacts(
        String model,
        String upstreamModel,
        String path,
        int attempt,
        int lastStatus,
        @Nullable Failure last,
        boolean isTest) {
    JsonNode at(String path, OverrideHeaders headers) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("model", upstreamModel);
        facts.put("upstream_model", upstreamModel);
        facts.put("original_model", model);
        facts.put("request_path", this.path);
        facts.put("retry_index", attempt);
        facts.put("is_retry", attempt > 0);
        facts.put("is_channel_test", isTest);
        facts.putObject("retry").put("index", attempt).put("is_retry", attempt > 0);
        if (path.startsWith("request_headers")) {
            ObjectNode all = facts.putObject("request_headers");
            headers.ofClient().forEach(all::put);
        }
        if (path.startsWith("header_override")) {
            ObjectNode all = facts.putObject("header_override");
            headers.changes().forEach(all::put);
        }
        if (last != null) {
            ObjectNode error = facts.putObject("last_error");
            error.put("status_code", lastStatus);
            error.put("message", last.message());
            error.put("code", last.code());
            error.put("type", last.type());
            error.properties().forEach(entry -> facts.set("last_error_" + entry.getKey(), entry.getValue()));
        }
        return JsonPlaces.get(facts, path);
    }
}
