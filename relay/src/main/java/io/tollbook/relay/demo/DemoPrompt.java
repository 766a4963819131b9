package io.tollbook.relay.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request, in whichever dialect it came.
 *
 * @param chosen the tool it must call; empty for any
 * @param schema what the answer must satisfy, an empty one for any object; null for plain text
 * @param tokensMax 0 for no limit
 */
record DemoPrompt(
        String model,
        List<Turn> turns,
        List<Tool> tools,
        Choice choice,
        String chosen,
        boolean oneCallOnly,
        @Nullable JsonNode schema,
        List<String> stops,
        long tokensMax,
        boolean stream) {
    enum Role {
        SYSTEM,
        USER,
        ASSISTANT,
        TOOL
    }

    enum Choice {
        FREE,
        NONE,
        FORCED
    }

    /**
     * @param text for a tool, what it answered
     * @param name of the tool; empty for others
     * @param media what is shown, in words
     */
    record Turn(Role role, String text, String name, List<String> media) {
        static Turn of(Role role, String text) {
            return new Turn(role, text, "", List.of());
        }
    }

    record Tool(String name, JsonNode schema) {}

    /** The last words of the user. */
    String asked() {
        for (Turn turn : turns.reversed()) if (turn.role == Role.USER && !turn.text.isEmpty()) return turn.text;
        return "";
    }

    /** What tools answered since the model spoke last. */
    List<Turn> results() {
        return sinceTheModelSpoke().stream()
                .filter(turn -> turn.role == Role.TOOL)
                .toList();
    }

    /** What the user showed since the model spoke last. */
    List<String> shown() {
        return sinceTheModelSpoke().stream()
                .flatMap(turn -> turn.media.stream())
                .toList();
    }

    private List<Turn> sinceTheModelSpoke() {
        int from = turns.size();
        while (from > 0 && turns.get(from - 1).role != Role.ASSISTANT) from--;
        return turns.subList(from, turns.size());
    }
}
