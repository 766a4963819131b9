package io.tollbook.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands in for a model behind the doubles of all vendors: it thinks if asked to, calls a tool if it has one, and says
 * what the tools gave back. It always uses 100 tokens of which 60 were cached, and 30 of which 10 were thinking.
 */
final class Model {
    static final String THOUGHT = "Let me think.";
    static final String SEAL = "c2VhbCBvZiB0aGlzIHRob3VnaHQ=";
    static final String TEXT = "Hello there, Zürich 😀.";
    static final int INPUT = 100;
    static final int CACHED = 60;
    static final int OUTPUT = 30;
    static final int REASONING = 10;

    /** What was understood of a request. */
    static final class Asked {
        String user = "";
        int pictures;
        boolean thinks;
        boolean structured;
        final List<String> tools = new ArrayList<>();
        /** By the id of their call, in the order of the calls; null while there is none. */
        final Map<String, @Nullable String> results = new java.util.LinkedHashMap<>();
    }

    record Call(String id, String name, String arguments) {}

    record Said(String thought, String text, List<Call> calls) {}

    private Model() {}

    static Said answer(Asked asked) {
        String thought = asked.thinks ? THOUGHT : "";
        if (!asked.results.isEmpty())
            return new Said(thought, "Got " + String.join(" and ", asked.results.values()), List.of());
        if (asked.structured) return new Said(thought, "{\"city\":\"Paris\",\"degrees\":21}", List.of());
        if (!asked.tools.isEmpty()) {
            List<Call> calls = new ArrayList<>();
            calls.add(new Call("call_Paris", asked.tools.getFirst(), "{\"city\":\"Paris\"}"));
            if (asked.user.contains("both"))
                calls.add(new Call("call_Oslo", asked.tools.getFirst(), "{\"city\":\"Oslo\"}"));
            return new Said(thought, "I look.", calls);
        }
        return new Said(thought, asked.pictures == 0 ? TEXT : "I see " + asked.pictures + ".", List.of());
    }

    /** A text in pieces, none of them half a character. */
    static List<String> pieces(String text) {
        int middle = text.length() / 2;
        if (middle > 0 && Character.isLowSurrogate(text.charAt(middle))) middle--;
        return text.length() < 4 ? List.of(text) : List.of(text.substring(0, middle), text.substring(middle));
    }
}
