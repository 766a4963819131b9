package io.tollbook.relay.metering;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NumericNode;

/**
 * An OpenAI usage object as meters that never overlap: cached tokens are part of the prompt, thinking is part of the answer.
 * The last non-zero value of each field counts, since some providers send usage in every chunk and zeros at the end.
 */
public final class OpenAiUsage {
    private long prompt;
    private long completion;
    private long total;
    private long cached;
    private long cacheWrite;
    private long reasoning;
    private long audioIn;
    private long audioOut;
    private boolean impossible;

    /** Takes in a usage object; anything else is passed over. */
    public void read(JsonNode usage) {
        if (!usage.isObject()) return;
        prompt = last(prompt, usage.path("prompt_tokens"), usage.path("input_tokens"));
        completion = last(completion, usage.path("completion_tokens"), usage.path("output_tokens"));
        total = last(total, usage.path("total_tokens"));
        JsonNode in = usage.path(usage.has("prompt_tokens_details") ? "prompt_tokens_details" : "input_tokens_details");
        JsonNode out = usage.path(
                usage.has("completion_tokens_details") ? "completion_tokens_details" : "output_tokens_details");
        cached = last(
                cached, in.path("cached_tokens"), usage.path("prompt_cache_hit_tokens"), usage.path("cached_tokens"));
        cacheWrite = last(cacheWrite, in.path("cache_write_tokens"), usage.path("cache_write_tokens"));
        reasoning = last(reasoning, out.path("reasoning_tokens"));
        audioIn = last(audioIn, in.path("audio_tokens"));
        audioOut = last(audioOut, out.path("audio_tokens"));
    }

    private long last(long before, JsonNode... candidates) {
        for (JsonNode candidate : candidates) {
            if (candidate.isMissingNode() || candidate.isNull()) continue;
            long value = count(candidate);
            if (value > 0) return value;
        }
        return before;
    }

    private long count(JsonNode node) {
        // What is larger than a double, 1e400 for one, is read as infinity and has no decimal value.
        if (node instanceof NumericNode number && !number.isNaN()) {
            BigDecimal value = node.decimalValue();
            if (value.signum() >= 0
                    && value.compareTo(BigDecimal.valueOf(Meters.COUNT_MAX)) <= 0
                    && value.stripTrailingZeros().scale() <= 0) return value.longValue();
        }
        impossible = true;
        return 0;
    }

    /** Empty if nothing was reported, or something that cannot be. */
    public Optional<Meters> meters() {
        if (impossible) return Optional.empty();
        // Where thinking stands beside the answer, only the total proves it.
        long answer = completion;
        if (reasoning > completion && total == prompt + completion + reasoning) answer = completion + reasoning;
        if (prompt == 0 && completion == 0 && total > 0) prompt = total;
        if (prompt == 0 && answer == 0 && cacheWrite == 0) return Optional.empty();
        if (cached + cacheWrite + audioIn > prompt || reasoning + audioOut > answer) return Optional.empty();
        Map<Meter, Long> counts = new EnumMap<>(Meter.class);
        counts.put(Meter.INPUT, prompt - cached - cacheWrite - audioIn);
        counts.put(Meter.CACHE_READ, cached);
        counts.put(Meter.CACHE_WRITE_5M, cacheWrite);
        counts.put(Meter.AUDIO_INPUT, audioIn);
        counts.put(Meter.OUTPUT, answer - reasoning - audioOut);
        counts.put(Meter.REASONING, reasoning);
        counts.put(Meter.AUDIO_OUTPUT, audioOut);
        return Optional.of(new Meters(counts));
    }

    /** Whether the provider reported something that cannot be. */
    public boolean isImpossible() {
        return impossible;
    }
}
