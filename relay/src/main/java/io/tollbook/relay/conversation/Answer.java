package io.tollbook.relay.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A whole answer, without its usage: that is read once, by metering, and written from what was charged.
 *
 * @param id the provider's
 */
public record Answer(String id, List<Candidate> candidates) {
    public Answer {
        candidates = List.copyOf(candidates);
    }

    /**
     * One of the answers asked for.
     *
     * @param stopSequence the one that ended it; null for none
     * @param logprobs as OpenAI writes them, {@code {content: […]}}; null for none
     */
    public record Candidate(
            int index,
            List<Part> parts,
            StopReason stop,
            @Nullable String stopSequence,
            @Nullable JsonNode logprobs) {
        public Candidate {
            parts = List.copyOf(parts);
        }
    }
}
