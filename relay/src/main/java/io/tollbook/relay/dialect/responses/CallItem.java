package io.tollbook.relay.dialect.responses;

import static io.tollbook.relay.dialect.responses.ClientTools.Kind.FUNCTION;

import io.tollbook.relay.dialect.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call of one of the client's tools. The text for a custom tool and what a search looks for come at once: before its end nobody
 * knows all of it.
 */
final class CallItem extends OutputItem {
    private final StringBuilder arguments = new StringBuilder();
    private final ClientTools.Kind kind;

    CallItem(ResponseEvents events, ArrayNode output, String id, ClientTools.ClientTool tool, String call) {
        super(events, output, begin(id, tool, call));
        kind = tool.kind();
    }

    private static ObjectNode begin(String id, ClientTools.ClientTool tool, String call) {
        ObjectNode item = ResponseEvents.fields()
                .put("id", tool.kind().prefix() + id)
                .put("type", tool.kind().item())
                .put("status", "in_progress")
                .put("call_id", call);
        switch (tool.kind()) {
            case SEARCH -> {
                item.put("execution", "client").putObject("arguments");
                return item;
            }
            case FUNCTION -> item.put("arguments", "");
            case CUSTOM -> item.put("input", "");
        }
        if (!tool.space().isEmpty()) item.put("namespace", tool.space());
        return item.put("name", tool.name());
    }

    void more(String fragment) {
        arguments.append(fragment);
        if (kind != FUNCTION || fragment.isEmpty()) return;
        events.say("response.function_call_arguments.delta", here().put("delta", fragment));
    }

    @Override
    protected void finish(String status) {
        if (arguments.toString().isBlank()) more("{}");
        switch (kind) {
            case CUSTOM -> {
                String input = ResponsesTools.inputOf(arguments.toString());
                events.say("response.custom_tool_call_input.delta", here().put("delta", input));
                events.say("response.custom_tool_call_input.done", here().put("input", input));
                item.put("input", input);
            }
            case FUNCTION -> {
                events.say(
                        "response.function_call_arguments.done",
                        here().put("name", item.path("name").asString()).put("arguments", arguments.toString()));
                item.put("arguments", arguments.toString());
            }
            case SEARCH -> {
                JsonNode asked = Json.parsedObject(arguments.toString());
                if (asked != null) item.set("arguments", asked);
            }
        }
        item.put("status", status);
    }
}
