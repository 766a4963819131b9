package io.tollbook.relay.metering;

import io.tollbook.kernel.account.UsageFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Usage as OpenAI's Responses report it: in the answer itself, or in the event that completes, breaks off or fails it. Tool
 * calls are counted where they ran, in the output, and not where they were offered.
 */
public final class ResponsesUsage extends OpenAiUsage {
    /** Seen one by one as a stream passes. */
    private final Tools passing = new Tools();
    /** Seen together in the whole answer. */
    private final Tools whole = new Tools();

    private static final class Tools {
        private long webSearches;
        private long fileSearches;

        void see(JsonNode item) {
            String status = item.path("status").stringValue("completed");
            if (!status.equals("completed")) return;
            switch (item.path("type").stringValue("")) {
                case "web_search_call", "web_search_preview_call" -> {
                    // Opening a page that was found, and looking for a word on it, is part of the search.
                    if (item.path("action").path("type").stringValue("search").equals("search")) webSearches++;
                }
                case "file_search_call" -> fileSearches++;
                default -> {}
            }
        }
    }

    @Override
    public void read(JsonNode answer) {
        if (answer.path("type").stringValue("").equals("response.output_item.done")) passing.see(answer.path("item"));
        JsonNode response = answer.path("response").isObject() ? answer.path("response") : answer;
        usage(response.path("usage"));
        JsonNode output = response.path("output");
        if (!output.isArray() || output.isEmpty()) return;
        // An answer's output is all of it, each time.
        whole.webSearches = 0;
        whole.fileSearches = 0;
        output.forEach(whole::see);
    }

    @Override
    @Nullable
    UsageFault count(Counts counts) {
        UsageFault fault = super.count(counts);
        counts.webSearches = Math.max(passing.webSearches, whole.webSearches);
        counts.fileSearches = Math.max(passing.fileSearches, whole.fileSearches);
        return fault;
    }
}
