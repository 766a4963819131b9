package io.tollbook.relay;

import java.util.List;
import java.util.Map;

/** A conversation through a vendor's own client, unmodified, that keeps what was said as that client would. */
interface Talk extends AutoCloseable {
    /** What is asked for besides an answer. */
    enum Wish {
        TOOLS,
        MUST_CALL,
        THINKING,
        FORM,
        SETTINGS,
        STOPS
    }

    String SYSTEM = "Be brief.";
    String STOP = "END";
    long LIMIT = 4_000;
    String TOOL = "get_weather";
    String TOOL_IS_FOR = "The weather in a city.";
    /** What the tool takes, and what an answer looks like that must have a form. */
    Map<String, Object> PLACE = Map.of(
            "type",
            "object",
            "properties",
            Map.of("city", Map.of("type", "string")),
            "required",
            List.of("city"),
            "additionalProperties",
            false);

    Map<String, Object> WEATHER = Map.of(
            "type",
            "object",
            "properties",
            Map.of("city", Map.of("type", "string"), "degrees", Map.of("type", "integer")),
            "required",
            List.of("city", "degrees"),
            "additionalProperties",
            false);

    /** @param arguments as JSON without spaces */
    record Call(String id, String name, String arguments) {}

    /** @param input all of it, cached tokens included @param reasoning part of the output; 0 for none or not told */
    record Usage(long input, long cached, long output, long reasoning) {}

    /** @param end stop, tools or length @param pieces how many of text came one after the other */
    record Said(String thought, String text, List<Call> calls, String end, Usage usage, int pieces) {}

    Said say(boolean streamed, String text, byte[]... pictures);

    /** What the tools gave back, by the ids of their calls and in this order. */
    Said results(boolean streamed, Map<String, String> results);

    @Override
    void close();
}
