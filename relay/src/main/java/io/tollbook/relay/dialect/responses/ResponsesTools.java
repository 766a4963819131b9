package io.tollbook.relay.dialect.responses;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Tool;
import io.tollbook.relay.conversation.ToolChoice;
import io.tollbook.relay.conversation.ToolChoice.Mode;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tools of a request and which of them may be chosen.
 *
 * <p>A custom tool takes text and no JSON. For other providers it is a function whose one argument is that text, and their
 * calls of it are written back as calls of a custom tool. A grammar goes along as words: nobody else enforces one. A namespace's
 * tools stand for themselves there, with its name in front of theirs, and the client's own search for tools is a function.
 */
final class ResponsesTools {
    /** A custom tool's only argument as a function. */
    private static final String INPUT = "input";

    private ResponsesTools() {}

    static void read(Fields root, Conversation.Draft draft) {
        @Nullable Long callsMax = root.count("max_tool_calls");
        for (Fields tool : root.objects("tools")) add(tool, callsMax, draft.tools);
        draft.toolChoice = choice(root, draft.tools);
    }

    private static void add(Fields tool, @Nullable Long callsMax, List<Tool> tools) {
        String type = tool.needText("type");
        switch (type) {
            case "function" -> tools.add(function(tool, tool.needText("name")));
            case "custom" -> tools.add(custom(tool, tool.needText("name")));
            case "namespace" -> {
                String space = tool.needText("name");
                for (Fields inner : tool.objects("tools")) {
                    String name = ClientTools.flat(space, inner.needText("name"));
                    tools.add("custom".equals(inner.text("type")) ? custom(inner, name) : function(inner, name));
                }
            }
            case "tool_search" -> {
                // Where OpenAI itself would search, all that it could find is told at once.
                if ("client".equals(tool.text("execution"))) tools.add(function(tool, ClientTools.SEARCH));
            }
            default -> {
                if (type.startsWith("web_search")) tools.add(search(tool, callsMax));
                else tools.add(new Tool.Foreign(Vendor.RESPONSES, type, tool.node()));
            }
        }
    }

    /** Adds what a search has found, but for what is there. */
    static void addFound(Fields output, List<Tool> tools) {
        List<Tool> found = new ArrayList<>();
        for (Fields tool : output.objects("tools")) add(tool, null, found);
        Set<String> names = new HashSet<>();
        for (Tool tool : tools) if (tool instanceof Tool.Function function) names.add(function.name());
        for (Tool tool : found)
            if (tool instanceof Tool.Function function && names.add(function.name())) tools.add(tool);
    }

    private static Tool function(Fields tool, String name) {
        Fields parameters = tool.object("parameters");
        return new Tool.Function(
                name,
                tool.text("description"),
                parameters == null ? null : parameters.node(),
                tool.flag("strict"),
                null);
    }

    private static Tool custom(Fields tool, String name) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("type", "object");
        schema.putObject("properties").putObject(INPUT).put("type", "string");
        schema.putArray("required").add(INPUT);
        schema.put("additionalProperties", false);
        String description = tool.text("description");
        Fields format = tool.object("format");
        if (format != null && "grammar".equals(format.text("type"))) {
            String syntax = format.needText("syntax");
            description = (description == null ? "" : description + "\n\n") + "The input follows this " + syntax
                    + " grammar:\n" + format.needText("definition");
        }
        return new Tool.Function(name, description, schema, null, null);
    }

    private static Tool search(Fields tool, @Nullable Long callsMax) {
        Fields filters = tool.object("filters");
        ObjectNode location = null;
        Fields said = tool.object("user_location");
        if (said != null) {
            location = JsonNodeFactory.instance.objectNode();
            for (String name : List.of("city", "region", "country", "timezone"))
                if (said.text(name) != null) location.put(name, said.text(name));
        }
        return new Tool.WebSearch(
                tool.text("search_context_size"),
                callsMax == null ? null : Integer.valueOf(callsMax.intValue()),
                filters == null ? List.of() : filters.texts("allowed_domains"),
                filters == null ? List.of() : filters.texts("blocked_domains"),
                location);
    }

    private static @Nullable ToolChoice choice(Fields root, List<Tool> tools) {
        if (!root.has("tool_choice")) return null;
        if (root.get("tool_choice").isString()) return new ToolChoice(mode(root, "tool_choice"), List.of());
        Fields choice = Fields.of(root.get("tool_choice"), "tool_choice");
        String type = choice.needText("type");
        return switch (type) {
            case "function", "custom" -> new ToolChoice(Mode.REQUIRED, List.of(choice.needText("name")));
            case "allowed_tools" -> {
                List<String> names = new ArrayList<>();
                for (Fields tool : choice.objects("tools")) names.add(tool.needText("name"));
                yield new ToolChoice(mode(choice, "mode"), names);
            }
            default -> {
                if (type.startsWith("web_search") && tools.size() == 1) yield new ToolChoice(Mode.REQUIRED, List.of());
                throw choice.nativeOnly("type");
            }
        };
    }

    private static Mode mode(Fields where, String name) {
        return switch (where.needText(name)) {
            case "auto" -> Mode.AUTO;
            case "none" -> Mode.NONE;
            case "required" -> Mode.REQUIRED;
            default -> throw Refused.invalid(where.path(name) + " must be auto, none, required or an object");
        };
    }

    /** A custom tool's text as a function's arguments. */
    static String argumentsOf(String input) {
        return Json.MAPPER.writeValueAsString(
                JsonNodeFactory.instance.objectNode().put(INPUT, input));
    }

    /** And back; what is no such object is taken as the text itself. */
    static String inputOf(String arguments) {
        JsonNode call = Json.parsedObject(arguments);
        return call != null && call.path(INPUT).isString() ? call.path(INPUT).asString() : arguments;
    }

    /** As the Responses API takes them. @throws Refused INVALID for a tool that another vendor runs */
    static JsonNode written(Tool tool, Vendor client) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        switch (tool) {
            case Tool.Function function -> {
                out.put("type", "function").put("name", function.name());
                if (function.description() != null) out.put("description", function.description());
                if (function.parameters() == null) empty(out.putObject("parameters"));
                else out.set("parameters", function.parameters());
                // Unsaid means strict here and not strict everywhere else.
                if (function.strict() != null) out.put("strict", function.strict());
                else if (client != Vendor.RESPONSES) out.put("strict", false);
            }
            case Tool.WebSearch search -> search(search, out);
            case Tool.Foreign foreign -> {
                if (foreign.vendor() != Vendor.RESPONSES)
                    throw Refused.invalid("tools: " + foreign.type() + " cannot be used with this model.");
                return foreign.definition();
            }
        }
        return out;
    }

    private static void empty(ObjectNode schema) {
        schema.put("type", "object").putObject("properties");
    }

    private static void search(Tool.WebSearch search, ObjectNode out) {
        out.put("type", "web_search");
        if (search.contextSize() != null) out.put("search_context_size", search.contextSize());
        if (!search.blockedDomains().isEmpty())
            throw Refused.invalid("tools: blocked_domains cannot be used with this model.");
        if (!search.allowedDomains().isEmpty())
            search.allowedDomains().forEach(out.putObject("filters").putArray("allowed_domains")::add);
        if (search.location() != null) {
            ObjectNode location = out.putObject("user_location").put("type", "approximate");
            search.location().properties().forEach(field -> location.set(field.getKey(), field.getValue()));
        }
    }

    static JsonNode written(ToolChoice choice) {
        String mode = choice.mode().name().toLowerCase(java.util.Locale.ROOT);
        if (choice.names().isEmpty() || choice.mode() == Mode.NONE) return JsonNodeFactory.instance.stringNode(mode);
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        if (choice.names().size() == 1 && choice.mode() == Mode.REQUIRED)
            return out.put("type", "function").put("name", choice.names().getFirst());
        out.put("type", "allowed_tools").put("mode", mode);
        for (String name : choice.names())
            out.withArray("tools").addObject().put("type", "function").put("name", name);
        return out;
    }
}
