package io.tollbook.bench.vendor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's Responses: what a test writes, as items, sent whole or as the events they would come in. */
public final class ResponsesDouble extends VendorDouble {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String USAGE = "{\"input_tokens\":100,\"input_tokens_details\":{\"cached_tokens\":60},"
            + "\"output_tokens\":20,\"output_tokens_details\":{\"reasoning_tokens\":5},\"total_tokens\":120}";

    private final AtomicLong ids = new AtomicLong();
    private volatile Function<JsonNode, Said> model = _ -> new Said(null, "", List.of());

    public ResponsesDouble() throws IOException {}

    /** Answers from now on what this makes of each request. */
    public void answers(Function<JsonNode, Said> thinker) {
        model = thinker;
    }

    @Override
    protected Reply answer(Asked request) {
        if (!request.headers().getOrDefault("authorization", "").startsWith("Bearer "))
            return Reply.json(401, error("invalid_api_key", "no key"));
        if (!request.target().equals("/v1/responses")) return Reply.json(404, error("not_found", "Invalid URL"));
        JsonNode asked = JSON.readTree(request.body());
        String fault = ResponsesRules.fault(asked);
        if (fault != null) return Reply.json(400, error("invalid_value", fault));
        ArrayNode output = output(asked, model.apply(asked));
        ObjectNode begun = response(asked, "in_progress", JSON.createArrayNode());
        ObjectNode done = response(asked, "completed", output);
        done.set("id", begun.path("id"));
        done.set("usage", JSON.readTree(USAGE));
        return asked.path("stream").asBoolean(false)
                ? Reply.events(new Events().all(begun, done))
                : Reply.json(200, done.toString());
    }

    private static String error(String code, String message) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error")
                .put("message", message)
                .put("type", "invalid_request_error")
                .put("code", code);
        return root.toString();
    }

    private String id(String kind) {
        return kind + "_double" + ids.incrementAndGet();
    }

    private ObjectNode response(JsonNode asked, String status, ArrayNode output) {
        ObjectNode response = JSON.createObjectNode()
                .put("id", id("resp"))
                .put("object", "response")
                .put("created_at", 1_764_300_000L)
                .put("status", status)
                .putNull("error")
                .putNull("incomplete_details");
        response.set("model", asked.path("model"));
        response.set("output", output);
        response.put("parallel_tool_calls", true).put("tool_choice", "auto").putArray("tools");
        return response.putNull("usage");
    }

    private ArrayNode output(JsonNode asked, Said said) {
        ArrayNode output = JSON.createArrayNode();
        if (said.thinking() != null && asked.path("reasoning").has("summary")) {
            ObjectNode item = output.addObject().put("id", id("rs")).put("type", "reasoning");
            item.putArray("summary").addObject().put("type", "summary_text").put("text", said.thinking());
            if (asked.path("include").toString().contains("reasoning.encrypted_content"))
                item.put("encrypted_content", ResponsesRules.SEAL + ids.incrementAndGet());
        }
        if (!said.text().isEmpty()) {
            ObjectNode message = output.addObject()
                    .put("id", id("msg"))
                    .put("type", "message")
                    .put("status", "completed")
                    .put("role", "assistant");
            ObjectNode part = message.putArray("content").addObject().put("type", "output_text");
            part.put("text", said.text()).putArray("annotations");
        }
        Set<String> custom = new HashSet<>();
        for (JsonNode tool : asked.path("tools"))
            if (tool.path("type").asString("").equals("custom"))
                custom.add(tool.path("name").asString(""));
        for (OpenAiDouble.Call call : said.calls()) {
            boolean isCustom = custom.contains(call.name());
            ObjectNode item = output.addObject()
                    .put("id", id(isCustom ? "ctc" : "fc"))
                    .put("type", isCustom ? "custom_tool_call" : "function_call")
                    .put("status", "completed")
                    .put("call_id", call.id())
                    .put("name", call.name());
            if (isCustom) item.set("input", JSON.readTree(call.arguments()).path("input"));
            else item.put("arguments", call.arguments());
        }
        return output;
    }

    /** A response as its stream brings it. */
    private static final class Events {
        private final List<String> events = new ArrayList<>();

        String all(ObjectNode begun, ObjectNode done) {
            say(fields("response.created").set("response", begun));
            say(fields("response.in_progress").set("response", begun));
            for (int i = 0; i < done.path("output").size(); i++)
                item(i, (ObjectNode) done.path("output").path(i));
            say(fields("response.completed").set("response", done));
            return String.join("", events);
        }

        private static ObjectNode fields(String type) {
            return JSON.createObjectNode().put("type", type);
        }

        private void say(JsonNode event) {
            ((ObjectNode) event).put("sequence_number", events.size());
            events.add("event: " + event.path("type").asString() + "\ndata: " + event + "\n\n");
        }

        private void item(int index, ObjectNode item) {
            ObjectNode begun = item.deepCopy();
            if (begun.has("status")) begun.put("status", "in_progress");
            for (String list : new String[] {"content", "summary"}) if (begun.has(list)) begun.putArray(list);
            for (String text : new String[] {"arguments", "input"}) if (begun.has(text)) begun.put(text, "");
            say(fields("response.output_item.added").put("output_index", index).set("item", begun));
            switch (item.path("type").asString()) {
                case "reasoning" -> {
                    String kind = "response.reasoning_summary_";
                    part(
                            kind + "part",
                            kind + "text",
                            "summary_index",
                            index,
                            item,
                            item.path("summary").path(0));
                }
                case "message" -> {
                    JsonNode part = item.path("content").path(0);
                    part("response.content_part", "response.output_text", "content_index", index, item, part);
                }
                case "function_call" -> whole("response.function_call_arguments", "arguments", index, item);
                default -> whole("response.custom_tool_call_input", "input", index, item);
            }
            say(fields("response.output_item.done").put("output_index", index).set("item", item));
        }

        private static ObjectNode at(String type, int index, JsonNode item) {
            return fields(type).put("item_id", item.path("id").asString()).put("output_index", index);
        }

        private void part(String part, String text, String place, int index, JsonNode item, JsonNode whole) {
            ObjectNode empty = ((ObjectNode) whole.deepCopy()).put("text", "");
            say(at(part + ".added", index, item).put(place, 0).set("part", empty));
            for (String piece : pieces(whole.path("text").asString()))
                say(at(text + ".delta", index, item).put(place, 0).put("delta", piece));
            say(at(text + ".done", index, item).put(place, 0).set("text", whole.path("text")));
            say(at(part + ".done", index, item).put(place, 0).set("part", whole));
        }

        private void whole(String type, String field, int index, JsonNode item) {
            for (String piece : pieces(item.path(field).asString()))
                say(at(type + ".delta", index, item).put("delta", piece));
            say(at(type + ".done", index, item).set(field, item.path(field)));
        }
    }
}
