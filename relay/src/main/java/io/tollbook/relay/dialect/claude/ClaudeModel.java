package io.tollbook.relay.dialect.claude;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a model can do, by its name: {@code claude-3-5-haiku-latest}, {@code claude-opus-4-7}, {@code anthropic.claude-sonnet-5}.
 * A name that says no version is somebody else's model behind the same API, and taken for an older one.
 *
 * @param name as the provider has it
 * @param version 405 for 4.5; 0 if the name says none
 * @param thinking what a suffix of the name asks for; null for nothing
 */
record ClaudeModel(String name, int version, @Nullable Suffix thinking) {
    /** @param effort null for a budget of thinking */
    record Suffix(@Nullable String effort) {}

    private static final Pattern VERSION =
            Pattern.compile("claude-(?:[a-z]+-)?(\\d{1,2})(?:[-.](\\d{1,2}))?(?!\\d)", Pattern.CASE_INSENSITIVE);
    private static final String THINKING = "-thinking";
    /** That is what they are called. */
    private static final Set<String> NAMED_SO = Set.of("kimi-k2-thinking", "moonshotai/kimi-k2-thinking");

    private static final List<String> EFFORTS = List.of("max", "xhigh", "high", "medium", "low", "minimal");

    static ClaudeModel of(String called) {
        int version = version(called);
        if (called.endsWith(THINKING) && !NAMED_SO.contains(called)) {
            String name = called.substring(0, called.length() - THINKING.length());
            return new ClaudeModel(name, version, new Suffix(version >= 407 ? "high" : null));
        }
        if (version >= 406)
            for (String effort : EFFORTS)
                if (called.toLowerCase(Locale.ROOT).endsWith('-' + effort))
                    return new ClaudeModel(
                            called.substring(0, called.length() - effort.length() - 1), version, new Suffix(effort));
        return new ClaudeModel(called, version, null);
    }

    private static int version(String name) {
        Matcher found = VERSION.matcher(name);
        if (!found.find()) return 0;
        int minor = found.group(2) == null ? 0 : Integer.parseInt(found.group(2));
        return Integer.parseInt(found.group(1)) * 100 + minor;
    }

    /** Whether it decides by itself how long to think. */
    boolean thinksAdaptively() {
        return version >= 406;
    }

    /** Whether temperature and the like are refused. */
    boolean drawsAlone() {
        return version >= 407;
    }

    /** Whether temperature and top_p may be said together. */
    boolean takesBothSamplings() {
        return version < 401;
    }

    /** Whether answers and arguments can be held to a schema. */
    boolean keepsSchemas() {
        return version >= 401;
    }

    /** Whether an answer can be begun for it. */
    boolean takesPrefill() {
        return version < 406;
    }

    /** Its own word for an effort. */
    String effort(String effort) {
        return switch (effort) {
            case "minimal" -> "low";
            case "xhigh" -> version >= 407 ? effort : "max";
            default -> effort;
        };
    }
}
