package io.tollbook.relay.metering;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.UsageFault;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every dialect comes down to: a prompt and an answer, and parts of them that may overlap. Turned into meters that do
 * not. Each count is at most 10^9, so sums of a few never wrap.
 */
final class Counts {
    /** No hold covers tools that ran at the provider, so their number must be one that can be. */
    static final long TOOL_USES_MAX = 1_000;

    /** Everything that went in, whatever it was read from. */
    long prompt;

    long cacheRead;
    long cacheWrite5m;
    long cacheWrite1h;
    long audioIn;
    long imageIn;
    /** Everything that came out. */
    long answer;

    long reasoning;
    long audioOut;
    long imageOut;
    long webSearches;
    /** Google's own, which has a price of its own. */
    long googleSearches;

    long fileSearches;

    /** Takes in cache writes; those whose time nobody named are kept for five minutes, which is the cheaper one. */
    @Nullable
    UsageFault cacheWrites(long whole, long for5m, long for1h) {
        long parts = for5m + for1h;
        if (whole > 0 && parts > whole) return UsageFault.CACHE_PARTS_ABOVE_WHOLE;
        cacheWrite5m = Math.max(whole, parts) - for1h;
        cacheWrite1h = for1h;
        return null;
    }

    long cached() {
        return cacheRead + cacheWrite5m + cacheWrite1h;
    }

    /** Zeros alone report nothing. */
    boolean isNothing() {
        return prompt == 0 && answer == 0;
    }

    /** What cannot be; null if all can. */
    @Nullable
    UsageFault fault() {
        if (cached() > prompt) return UsageFault.CACHE_ABOVE_PROMPT;
        if (audioIn + imageIn > prompt) return UsageFault.MEDIA_ABOVE_PROMPT;
        if (reasoning + audioOut + imageOut > answer) return UsageFault.PARTS_ABOVE_ANSWER;
        if (prompt > Meters.COUNT_MAX || answer > Meters.COUNT_MAX) return UsageFault.NOT_A_COUNT;
        if (Math.max(Math.max(webSearches, googleSearches), fileSearches) > TOOL_USES_MAX)
            return UsageFault.TOO_MANY_TOOL_USES;
        return null;
    }

    /** Call only where there is no {@link #fault()}. */
    Meters meters() {
        // Where cached tokens overlap with pictures or audio, they are taken from text first: the dearest is charged in
        // full.
        long text = prompt - audioIn - imageIn;
        long left = cached();
        long fromText = Math.min(left, text);
        left -= fromText;
        long fromImages = Math.min(left, imageIn);
        left -= fromImages;
        Map<Meter, Long> counts = new EnumMap<>(Meter.class);
        counts.put(Meter.INPUT, text - fromText);
        counts.put(Meter.IMAGE_INPUT, imageIn - fromImages);
        counts.put(Meter.AUDIO_INPUT, audioIn - left);
        counts.put(Meter.CACHE_READ, cacheRead);
        counts.put(Meter.CACHE_WRITE_5M, cacheWrite5m);
        counts.put(Meter.CACHE_WRITE_1H, cacheWrite1h);
        counts.put(Meter.OUTPUT, answer - reasoning - audioOut - imageOut);
        counts.put(Meter.REASONING, reasoning);
        counts.put(Meter.AUDIO_OUTPUT, audioOut);
        counts.put(Meter.IMAGE_OUTPUT, imageOut);
        addTools(counts);
        return new Meters(counts);
    }

    /** The tool calls that ran, alone; without those that cannot have been. */
    Meters tools() {
        Map<Meter, Long> counts = new EnumMap<>(Meter.class);
        addTools(counts);
        return new Meters(counts);
    }

    private void addTools(Map<Meter, Long> counts) {
        if (webSearches <= TOOL_USES_MAX) counts.put(Meter.WEB_SEARCH, webSearches);
        if (googleSearches <= TOOL_USES_MAX) counts.put(Meter.GOOGLE_SEARCH, googleSearches);
        if (fileSearches <= TOOL_USES_MAX) counts.put(Meter.FILE_SEARCH, fileSearches);
    }
}
