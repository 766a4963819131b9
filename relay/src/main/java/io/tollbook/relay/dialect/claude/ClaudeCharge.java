package io.tollbook.relay.dialect.claude;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.dialect.Json;
import tools.jackson.databind.node.ObjectNode;

/** What a call was charged for, as Anthropic's usage object says it. */
final class ClaudeCharge {
    private ClaudeCharge() {}

    /** What was read from the cache and written to it stands beside the input, as Claude counts. */
    static ObjectNode usage(Meters charged) {
        long for5m = charged.of(Meter.CACHE_WRITE_5M);
        long for1h = charged.of(Meter.CACHE_WRITE_1H);
        long cached = charged.of(Meter.CACHE_READ) + for5m + for1h;
        ObjectNode usage = Json.MAPPER
                .createObjectNode()
                .put("input_tokens", charged.promptTokens() - cached)
                .put("cache_creation_input_tokens", for5m + for1h)
                .put("cache_read_input_tokens", charged.of(Meter.CACHE_READ));
        usage.putObject("cache_creation")
                .put("ephemeral_5m_input_tokens", for5m)
                .put("ephemeral_1h_input_tokens", for1h);
        usage.put("output_tokens", charged.completionTokens());
        long thinking = charged.of(Meter.REASONING);
        if (thinking > 0) usage.putObject("output_tokens_details").put("thinking_tokens", thinking);
        long searches =
                charged.of(Meter.WEB_SEARCH) + charged.of(Meter.WEB_SEARCH_PREVIEW) + charged.of(Meter.GOOGLE_SEARCH);
        if (searches > 0) usage.putObject("server_tool_use").put("web_search_requests", searches);
        return usage;
    }
}
