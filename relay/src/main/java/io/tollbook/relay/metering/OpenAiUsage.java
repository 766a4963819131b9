package io.tollbook.relay.metering;

import io.tollbook.kernel.account.UsageFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Usage as OpenAI's chat, completions, embeddings and images report it, and all that speak like it. What is cached is part
 * of the prompt, and thinking part of the answer unless the total proves that it stands beside it.
 */
public sealed class OpenAiUsage extends UsageReader permits ResponsesUsage {
    private long prompt;
    private long completion;
    private long total;
    private long cacheRead;
    private long cacheWrite;
    private long cacheWrite5m;
    private long cacheWrite1h;
    private long reasoning;
    private long audioIn;
    private long imageIn;
    private long audioOut;
    private long imageOut;
    private long webSearches;

    @Override
    public void read(JsonNode answer) {
        usage(answer.path("usage"));
        for (JsonNode choice : answer.path("choices")) usage(choice.path("usage"));
        // llama.cpp says beside the usage how much of the prompt it had.
        if (cacheRead == 0) cacheRead = last(0, answer.path("timings").path("cache_n"));
    }

    final void usage(JsonNode usage) {
        if (!begin(usage)) return;
        prompt = last(prompt, usage.path("prompt_tokens"), usage.path("input_tokens"));
        completion = last(completion, usage.path("completion_tokens"), usage.path("output_tokens"));
        total = last(total, usage.path("total_tokens"));
        JsonNode in = usage.path(usage.has("prompt_tokens_details") ? "prompt_tokens_details" : "input_tokens_details");
        JsonNode out = usage.path(
                usage.has("completion_tokens_details") ? "completion_tokens_details" : "output_tokens_details");
        cacheRead = last(
                cacheRead,
                in.path("cached_tokens"),
                usage.path("prompt_cache_hit_tokens"),
                usage.path("cached_tokens"),
                usage.path("cache_read_input_tokens"));
        cacheWrite = last(
                cacheWrite,
                in.path("cache_write_tokens"),
                usage.path("cache_write_tokens"),
                usage.path("cache_creation_input_tokens"));
        JsonNode byTime = usage.path("cache_creation");
        cacheWrite5m = last(cacheWrite5m, byTime.path("ephemeral_5m_input_tokens"));
        cacheWrite1h = last(cacheWrite1h, byTime.path("ephemeral_1h_input_tokens"));
        reasoning = last(reasoning, out.path("reasoning_tokens"));
        audioIn = last(audioIn, in.path("audio_tokens"));
        imageIn = last(imageIn, in.path("image_tokens"));
        audioOut = last(audioOut, out.path("audio_tokens"));
        imageOut = last(imageOut, out.path("image_tokens"));
        webSearches = last(webSearches, usage.path("server_tool_use").path("web_search_requests"));
    }

    @Override
    @Nullable
    UsageFault count(Counts counts) {
        counts.webSearches = webSearches;
        UsageFault fault = counts.cacheWrites(cacheWrite, cacheWrite5m, cacheWrite1h);
        if (fault != null) return fault;
        counts.cacheRead = cacheRead;
        counts.audioIn = audioIn;
        counts.imageIn = imageIn;
        counts.reasoning = reasoning;
        counts.audioOut = audioOut;
        counts.imageOut = imageOut;
        counts.prompt = prompt;
        counts.answer = completion;
        long beyond = total - prompt - completion;
        if (reasoning > 0 && beyond == reasoning) {
            counts.answer = completion + reasoning;
        } else if (beyond > 0) {
            // Whichever of the two is missing, the total has it; a total alone is that of a prompt.
            if (prompt == 0) counts.prompt = beyond;
            else if (completion == 0) counts.answer = beyond;
        }
        // Warming a cache reads nothing and answers nothing, and is paid for.
        if (counts.isNothing() && counts.cached() > cacheRead) counts.prompt = counts.cached();
        return null;
    }
}
