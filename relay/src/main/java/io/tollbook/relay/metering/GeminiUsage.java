package io.tollbook.relay.metering;

import io.tollbook.kernel.account.UsageFault;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Usage as Gemini's generateContent reports it: what is cached is part of the prompt, what tools brought is added to it, and
 * thinking stands beside the candidates. Searches are the queries that ran, per candidate.
 */
public final class GeminiUsage extends UsageReader {
    /** More candidates than any model gives, so that a wild answer cannot fill the memory. */
    private static final int CANDIDATES_MAX = 64;

    private long prompt;
    private long toolPrompt;
    private long candidates;
    private long thoughts;
    private long cached;
    private long total;
    private final Modalities promptParts = new Modalities();
    private final Modalities toolParts = new Modalities();
    private final Modalities answerParts = new Modalities();
    private final Map<Integer, Integer> queries = new HashMap<>();

    /** Counts of one list by modality; whatever is neither audio nor a picture is priced as text. */
    private final class Modalities {
        private long audio;
        private long image;

        void read(JsonNode details) {
            long audioNow = 0;
            long imageNow = 0;
            for (JsonNode detail : details) {
                long tokens = count(detail.path("tokenCount"));
                switch (detail.path("modality").stringValue("")) {
                    case "AUDIO" -> audioNow += tokens;
                    case "IMAGE" -> imageNow += tokens;
                    default -> {}
                }
            }
            if (audioNow > 0) audio = audioNow;
            if (imageNow > 0) image = imageNow;
        }
    }

    @Override
    public void read(JsonNode answer) {
        // Without server-sent events a stream is one list of answers.
        if (answer.isArray()) answer.forEach(this::one);
        else one(answer);
    }

    private void one(JsonNode answer) {
        for (JsonNode candidate : answer.path("candidates")) queries(candidate);
        JsonNode usage = answer.path("usageMetadata");
        if (!begin(usage)) return;
        prompt = last(prompt, usage.path("promptTokenCount"));
        toolPrompt = last(toolPrompt, usage.path("toolUsePromptTokenCount"));
        candidates = last(candidates, usage.path("candidatesTokenCount"));
        thoughts = last(thoughts, usage.path("thoughtsTokenCount"));
        cached = last(cached, usage.path("cachedContentTokenCount"));
        total = last(total, usage.path("totalTokenCount"));
        promptParts.read(usage.path("promptTokensDetails"));
        toolParts.read(usage.path("toolUsePromptTokensDetails"));
        answerParts.read(usage.path("candidatesTokensDetails"));
    }

    /** A stream repeats the queries with every piece, and adds to them. */
    private void queries(JsonNode candidate) {
        JsonNode asked = candidate.path("groundingMetadata").path("webSearchQueries");
        if (!asked.isArray() || asked.isEmpty()) return;
        int index = (int) Math.clamp(candidate.path("index").longValue(0), 0, CANDIDATES_MAX);
        Set<String> different = new HashSet<>();
        for (JsonNode query : asked) {
            String text = query.stringValue("");
            if (!text.isBlank()) different.add(text);
        }
        queries.merge(index, different.size(), Math::max);
    }

    @Override
    @Nullable
    UsageFault count(Counts counts) {
        for (int ran : queries.values()) counts.googleSearches += ran;
        counts.cacheRead = cached;
        counts.prompt = prompt + toolPrompt;
        counts.answer = candidates + thoughts;
        counts.reasoning = thoughts;
        counts.audioIn = promptParts.audio + toolParts.audio;
        counts.imageIn = promptParts.image + toolParts.image;
        counts.audioOut = answerParts.audio;
        counts.imageOut = answerParts.image;
        // Only where the total proves it is thinking a part of the candidates.
        if (thoughts > 0 && thoughts <= candidates && total == counts.prompt + candidates) counts.answer = candidates;
        long beyond = total - counts.prompt - counts.answer;
        if (beyond > 0 && prompt == 0) counts.prompt += beyond;
        else if (beyond > 0 && candidates == 0) counts.answer += beyond;
        return null;
    }
}
