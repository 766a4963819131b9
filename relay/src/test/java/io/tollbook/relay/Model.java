package io.tollbook.relay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What stands in for a model behind the doubles of all vendors: it thinks if asked to, calls a tool if it has one, and says
 * what the tools gave back. It always uses 100 tokens of which 60 were cached, and 30 of which 10 were thinking.
 */
final class Model {
    static final String THOUGHT = "Let me think.";
    static final String TEXT = "Hello there, Zürich 😀.";
    static final String LONG = "Once upon a time there was";
    static final int INPUT = 100;
    static final int CACHED = 60;
    static final int OUTPUT = 30;
    static final int REASONING = 10;

    /** What was understood of a request, in words that are no dialect's. */
    static final class Asked {
        String system = "";
        String user = "";
        /** In Base64. */
        final List<String> pictures = new ArrayList<>();

        boolean thinks;
        boolean mustCall;
        /** The form that the answer must have, as {@link #form} writes it. */
        String form = "";
        /** What they do and the form of what they take, by their names. */
        final Map<String, String> tools = new LinkedHashMap<>();
        /** By the id of their call, in the order of the calls; null while there is none. */
        final Map<String, @Nullable String> results = new LinkedHashMap<>();
        /** How many pictures the results of the tools show. */
        int shown;
        /** What was thought before and is shown again: by its seal, and in words where there is none. */
        final List<String> thoughts = new ArrayList<>();

        @Nullable
        Double temperature;

        long limit;
        final List<String> stops = new ArrayList<>();
    }

    record Call(String id, String name, String arguments) {}

    /** @param cut whether the limit ended it */
    record Said(String thought, String text, List<Call> calls, boolean cut) {}

    private Model() {}

    static Said answer(Asked asked) {
        String thought = asked.thinks ? THOUGHT : "";
        if (!asked.results.isEmpty()) {
            String got = "Got " + String.join(" and ", asked.results.values());
            return new Said(thought, asked.shown == 0 ? got : got + ", and see it.", List.of(), false);
        }
        if (!asked.form.isEmpty()) return new Said(thought, "{\"city\":\"Paris\",\"degrees\":21}", List.of(), false);
        if (!asked.tools.isEmpty()) {
            String tool = asked.tools.keySet().iterator().next();
            List<Call> calls = new ArrayList<>();
            calls.add(new Call("call_Paris", tool, "{\"city\":\"Paris\"}"));
            if (asked.user.contains("both")) calls.add(new Call("call_Oslo", tool, "{\"city\":\"Oslo\"}"));
            return new Said(thought, "I look.", calls, false);
        }
        if (asked.user.contains("story")) return new Said(thought, LONG, List.of(), true);
        int pictures = asked.pictures.size();
        return new Said(thought, pictures == 0 ? TEXT : "I see " + pictures + ".", List.of(), false);
    }

    /** A schema in one line, whichever dialect it is written in. */
    static String form(JsonNode schema) {
        String type = schema.path("type").asString("?").toLowerCase(Locale.ROOT);
        if (!type.equals("object")) return type;
        List<String> required = new ArrayList<>();
        for (JsonNode name : schema.path("required")) required.add(name.asString());
        Map<String, String> fields = new TreeMap<>();
        schema.path("properties")
                .properties()
                .forEach(field -> fields.put(
                        field.getKey() + (required.contains(field.getKey()) ? "" : "?"), form(field.getValue())));
        StringJoiner all = new StringJoiner(", ", "{", "}");
        fields.forEach((name, form) -> all.add(name + ": " + form));
        return all.toString();
    }

    /** A text in pieces, none of them half a character. */
    static List<String> pieces(String text) {
        int middle = text.length() / 2;
        if (middle > 0 && Character.isLowSurrogate(text.charAt(middle))) middle--;
        return text.length() < 4 ? List.of(text) : List.of(text.substring(0, middle), text.substring(middle));
    }
}
