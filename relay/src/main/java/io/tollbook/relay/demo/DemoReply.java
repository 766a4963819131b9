package io.tollbook.relay.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer, before it is written in a dialect.
 *
 * @param thinking words, each with the space behind it
 * @param words of the answer, each with the space behind it
 * @param picture a PNG; null for none
 * @param stop the stop sequence that ended it; null if none did
 * @param breaks whether it ends with an error in its middle
 */
record DemoReply(
        List<String> thinking,
        List<String> words,
        List<Call> calls,
        byte @Nullable [] picture,
        Finish finish,
        @Nullable String stop,
        Usage usage,
        boolean breaks) {
    enum Finish {
        STOP,
        LENGTH,
        CALLS
    }

    /** @param arguments as JSON */
    record Call(String id, String name, String arguments) {}

    /**
     * @param prompt all of it, what is cached included
     * @param answer all of it, thinking included
     */
    record Usage(long prompt, long cached, long thinking, long answer) {}

    String text() {
        return String.join("", words);
    }

    String thoughts() {
        return String.join("", thinking);
    }

    /** Arguments as a model would send them, a few letters at a time. */
    static List<String> fragments(String arguments) {
        List<String> fragments = new java.util.ArrayList<>();
        for (int at = 0; at < arguments.length(); at += FRAGMENT)
            fragments.add(arguments.substring(at, Math.min(arguments.length(), at + FRAGMENT)));
        return fragments;
    }

    private static final int FRAGMENT = 12;
}
