package io.tollbook.bench.upstream;

/**
 * What a provider counts for one answer.
 *
 * @param prompt all prompt tokens, cached ones included
 * @param cached the part of the prompt read from the cache
 * @param completion all answer tokens, thinking included
 * @param reasoning the part of the answer spent on thinking
 */
public record Usage(long prompt, long cached, long completion, long reasoning) {
    public static final Usage NONE = new Usage(0, 0, 0, 0);

    public Usage {
        if (cached < 0 || cached > prompt || reasoning < 0 || reasoning > completion)
            throw new IllegalArgumentException("parts above the whole: " + prompt + " " + cached + " " + completion);
    }

    /** The same seed, counter and bounds give the same usage; neighbours differ. */
    static Usage of(long seed, long counter, int promptMax, int completionMax) {
        long bits = mix(seed + counter * 0x9E3779B97F4A7C15L);
        long prompt = 1 + (bits & 0xFFFF) % promptMax;
        long cached = (bits >>> 16 & 3) == 0 ? 0 : (bits >>> 18 & 0xFFFF) % (prompt + 1);
        long completion = 1 + (bits >>> 34 & 0xFFFFF) % completionMax;
        long reasoning = (bits >>> 54 & 1) == 0 ? 0 : (bits >>> 55) % (completion + 1);
        return new Usage(prompt, cached, completion, reasoning);
    }

    /** SplitMix64's finaliser. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
