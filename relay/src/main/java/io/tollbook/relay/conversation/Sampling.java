package io.tollbook.relay.conversation;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the answer's words are drawn. Null is not said; zero and false are values.
 *
 * @param outputTokensMax for one answer
 * @param answers how many answers
 * @param topLogprobs how many alternatives per token; null for none, 0 for the tokens' own only
 */
public record Sampling(
        @Nullable Long outputTokensMax,
        @Nullable BigDecimal temperature,
        @Nullable BigDecimal topP,
        @Nullable Long topK,
        @Nullable Long seed,
        List<String> stops,
        @Nullable BigDecimal presencePenalty,
        @Nullable BigDecimal frequencyPenalty,
        @Nullable Integer answers,
        @Nullable Integer topLogprobs) {
    public static final Sampling UNSAID = new Sampling(null, null, null, null, null, List.of(), null, null, null, null);

    public Sampling {
        stops = List.copyOf(stops);
    }
}
