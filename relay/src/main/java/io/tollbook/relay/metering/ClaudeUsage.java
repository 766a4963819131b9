package io.tollbook.relay.metering;

import io.tollbook.kernel.account.UsageFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Usage as Claude's messages report it: what was read from the cache and written to it stands beside the input. A stream tells
 * at its start what went in, with a token or two of output for what has not been said yet, and at its end what came out.
 */
public final class ClaudeUsage extends UsageReader {
    private long input;
    private long output;
    private long thinking;
    private long cacheRead;
    private long cacheWrite;
    private long cacheWrite5m;
    private long cacheWrite1h;
    private long webSearches;
    private boolean ended;

    @Override
    public void read(JsonNode answer) {
        usage(answer.path("usage"));
        ended |= answer.path("usage").has("output_tokens");
        usage(answer.path("message").path("usage"));
    }

    private void usage(JsonNode usage) {
        if (!begin(usage)) return;
        long cachedBefore = cacheRead + cacheWrite + cacheWrite5m + cacheWrite1h;
        cacheRead = last(cacheRead, usage.path("cache_read_input_tokens"));
        cacheWrite = last(cacheWrite, usage.path("cache_creation_input_tokens"));
        JsonNode byTime = usage.path("cache_creation");
        cacheWrite5m = last(cacheWrite5m, byTime.path("ephemeral_5m_input_tokens"));
        cacheWrite1h = last(cacheWrite1h, byTime.path("ephemeral_1h_input_tokens"));
        // Some providers send the whole prompt as input first and its cached part only at the end. Who keeps the larger
        // of
        // each charges cached prompts twice, so the event that first names the cache also says what else was read.
        boolean namesCache = cachedBefore == 0 && cacheRead + cacheWrite + cacheWrite5m + cacheWrite1h > 0;
        JsonNode field = usage.path("input_tokens");
        if (namesCache && !field.isMissingNode() && !field.isNull()) input = count(field);
        else input = last(input, field);
        output = last(output, usage.path("output_tokens"));
        thinking = last(thinking, usage.path("output_tokens_details").path("thinking_tokens"));
        webSearches = last(webSearches, usage.path("server_tool_use").path("web_search_requests"));
    }

    @Override
    boolean isBegun() {
        return !ended;
    }

    @Override
    @Nullable
    UsageFault count(Counts counts) {
        counts.webSearches = webSearches;
        UsageFault fault = counts.cacheWrites(cacheWrite, cacheWrite5m, cacheWrite1h);
        if (fault != null) return fault;
        counts.cacheRead = cacheRead;
        counts.prompt = input + counts.cached();
        counts.answer = output;
        counts.reasoning = thinking;
        return null;
    }
}
