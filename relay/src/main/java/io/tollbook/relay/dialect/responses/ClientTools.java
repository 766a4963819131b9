package io.tollbook.relay.dialect.responses;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How a client calls the tools that another provider knows by one name each: those it lists and those its searches have found.
 * What it does not have is taken for a function of its own name.
 */
final class ClientTools {
    /** The client's own search, as a function. */
    static final String SEARCH = "tool_search";

    private static final int NAME_MAX = 64;

    enum Kind {
        FUNCTION("fc_", "function_call"),
        CUSTOM("ctc_", "custom_tool_call"),
        SEARCH("tsc_", "tool_search_call");

        private final String prefix;
        private final String item;

        Kind(String prefix, String item) {
            this.prefix = prefix;
            this.item = item;
        }

        /** In front of its calls' names. */
        String prefix() {
            return prefix;
        }

        /** The type of its calls. */
        String item() {
            return item;
        }
    }

    /** @param space empty for none */
    record ClientTool(Kind kind, String space, String name) {}

    private final Map<String, ClientTool> byName = new HashMap<>();

    private ClientTools() {}

    /** @param request the whole of it */
    static ClientTools of(JsonNode request) {
        ClientTools all = new ClientTools();
        for (JsonNode tool : request.path("tools")) all.add(tool);
        if (request.path("input").isArray())
            for (JsonNode item : request.path("input"))
                if (item.path("type").stringValue("").equals("tool_search_output"))
                    for (JsonNode tool : item.path("tools")) all.add(tool);
        return all;
    }

    private void add(JsonNode tool) {
        String name = tool.path("name").stringValue("");
        switch (tool.path("type").stringValue("")) {
            case "custom" -> byName.put(name, new ClientTool(Kind.CUSTOM, "", name));
            case "tool_search" -> byName.put(SEARCH, new ClientTool(Kind.SEARCH, "", ""));
            case "namespace" -> {
                for (JsonNode inner : tool.path("tools")) {
                    String own = inner.path("name").stringValue("");
                    boolean custom = inner.path("type").stringValue("").equals("custom");
                    byName.put(flat(name, own), new ClientTool(custom ? Kind.CUSTOM : Kind.FUNCTION, name, own));
                }
            }
            default -> {}
        }
    }

    ClientTool of(String name) {
        ClientTool tool = byName.get(name);
        return tool == null ? new ClientTool(Kind.FUNCTION, "", name) : tool;
    }

    /** One name for a tool of a namespace, no longer than any provider takes; its end tells tools apart. */
    static String flat(String space, String name) {
        String flat = space.isEmpty() ? name : space + "__" + name;
        return flat.length() <= NAME_MAX ? flat : "_" + flat.substring(flat.length() - NAME_MAX + 1);
    }
}
