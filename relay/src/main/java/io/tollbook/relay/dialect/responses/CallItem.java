package io.tollbook.relay.dialect.responses;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A call of one of the client's tools. The text for a custom tool comes at once: before its end nobody knows all of it. */
final class CallItem extends OutputItem {
    private final StringBuilder arguments = new StringBuilder();
    private final boolean custom;

    CallItem(ResponseEvents events, ArrayNode output, String id, boolean custom, String call, String name) {
        super(events, output, begin(id, custom, call, name));
        this.custom = custom;
    }

    private static ObjectNode begin(String id, boolean custom, String call, String name) {
        return ResponseEvents.fields()
                .put("id", (custom ? "ctc_" : "fc_") + id)
                .put("type", custom ? "custom_tool_call" : "function_call")
                .put("status", "in_progress")
                .put(custom ? "input" : "arguments", "")
                .put("call_id", call)
                .put("name", name);
    }

    void more(String fragment) {
        arguments.append(fragment);
        if (custom || fragment.isEmpty()) return;
        events.say("response.function_call_arguments.delta", here().put("delta", fragment));
    }

    @Override
    protected void finish(String status) {
        if (arguments.toString().isBlank()) more("{}");
        if (custom) {
            String input = ResponsesTools.inputOf(arguments.toString());
            events.say("response.custom_tool_call_input.delta", here().put("delta", input));
            events.say("response.custom_tool_call_input.done", here().put("input", input));
            item.put("input", input);
        } else {
            events.say(
                    "response.function_call_arguments.done",
                    here().put("name", item.path("name").asString()).put("arguments", arguments.toString()));
            item.put("arguments", arguments.toString());
        }
        item.put("status", status);
    }
}
