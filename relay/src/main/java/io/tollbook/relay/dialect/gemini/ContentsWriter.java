package io.tollbook.relay.dialect.gemini;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.Turn;
import io.tollbook.relay.conversation.Vendor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the turns of a conversation. All results of a turn's calls stand together in one content right behind it, in the
 * order of the calls; what the user said besides has a content of its own.
 */
final class ContentsWriter {
    /** What Google documents for a call whose seal nobody has, as another vendor's model made it. */
    static final String NO_SEAL = "skip_thought_signature_validator";

    private record Called(String name, int order) {}

    private final Conversation conversation;
    private final String model;
    private final Map<String, Called> called = new HashMap<>();
    private final ArrayNode contents = JsonMapper.shared().createArrayNode();
    /** Of Gemini's own, and belonging to something that comes behind it. */
    private @Nullable String seal;

    ContentsWriter(Conversation conversation, String model) {
        this.conversation = conversation;
        this.model = model;
    }

    ArrayNode written() {
        List<Turn> turns = conversation.turns();
        for (int i = 0; i < turns.size(); ) {
            Turn.Role role = turns.get(i).role();
            List<Part> parts = new ArrayList<>();
            for (; i < turns.size() && turns.get(i).role() == role; i++)
                parts.addAll(turns.get(i).parts());
            if (role == Turn.Role.USER) user(parts);
            else model(parts);
        }
        return contents;
    }

    private void add(String role, ArrayNode parts) {
        if (parts.isEmpty()) return;
        // A conversation begins with the user.
        if (contents.isEmpty() && role.equals("model"))
            contents.addObject()
                    .put("role", "user")
                    .putArray("parts")
                    .addObject()
                    .put("text", "...");
        contents.addObject().put("role", role).set("parts", parts);
    }

    private void user(List<Part> said) {
        List<Part.ToolResult> results = new ArrayList<>();
        ArrayNode parts = JsonMapper.shared().createArrayNode();
        for (Part part : said) {
            switch (part) {
                case Part.ToolResult result -> results.add(result);
                case Part.Text text -> {
                    if (!text.text().isEmpty()) parts.addObject().put("text", text.text());
                }
                case Part.Media media -> parts.add(GeminiMedia.part(media));
                case Part.Foreign foreign -> foreign(foreign, parts);
                default -> {
                    // Nothing a user says.
                }
            }
        }
        results.sort(Comparator.comparingInt(result -> call(result).order()));
        ArrayNode responses = JsonMapper.shared().createArrayNode();
        ArrayNode shown = JsonMapper.shared().createArrayNode();
        for (Part.ToolResult result : results) response(result, responses.addObject(), shown);
        add("user", responses);
        shown.addAll(parts);
        add("user", shown);
    }

    private Called call(Part.ToolResult result) {
        Called call = called.get(result.call());
        if (call == null)
            throw Refused.invalid("A tool result answers no call: there is none with the id " + result.call());
        return call;
    }

    /** @param shown takes what a tool brought besides words, as few models see that inside of its response */
    private void response(Part.ToolResult result, ObjectNode part, ArrayNode shown) {
        StringBuilder words = new StringBuilder();
        for (Part one : result.content()) {
            switch (one) {
                case Part.Text text -> words.append(words.isEmpty() ? "" : "\n").append(text.text());
                case Part.Media media -> shown.add(GeminiMedia.part(media));
                default -> {
                    // No other kind is a tool's.
                }
            }
        }
        ObjectNode response = part.putObject("functionResponse");
        response.put("id", result.call());
        response.put("name", call(result).name());
        response.set("response", json(result, words.toString()));
    }

    private static JsonNode json(Part.ToolResult result, String words) {
        JsonNode json = result.json() != null ? result.json() : Arguments.json(words);
        ObjectNode response = JsonMapper.shared().createObjectNode();
        if (result.isError())
            return json instanceof ObjectNode object && object.has("error") ? json : response.put("error", words);
        if (json instanceof ObjectNode) return json;
        if (json != null && json.isArray()) return response.set("result", json);
        return response.put("content", words);
    }

    private void model(List<Part> said) {
        ArrayNode parts = JsonMapper.shared().createArrayNode();
        seal = null;
        boolean callsBefore = false;
        for (Part part : said) {
            switch (part) {
                case Part.Text text -> text(text, parts);
                case Part.Thinking thinking -> thinking(thinking, parts);
                case Part.HiddenThinking hidden -> keep(hidden.content());
                case Part.ToolCall call -> {
                    toolCall(call, parts, callsBefore);
                    callsBefore = true;
                }
                case Part.Media media -> parts.add(GeminiMedia.part(media));
                case Part.Refusal refusal -> parts.addObject().put("text", refusal.text());
                case Part.Foreign foreign -> foreign(foreign, parts);
                case Part.ToolResult _ -> {
                    // Nothing a model says.
                }
            }
        }
        // Nothing came behind it that it could stand on.
        if (seal != null && !parts.isEmpty()) parts.addObject().put("text", "").put("thoughtSignature", seal);
        add("model", parts);
    }

    private void text(Part.Text text, ArrayNode parts) {
        int before = parts.size();
        GeminiMedia.cut(text.text(), words -> parts.addObject().put("text", words), parts::add);
        if (text.signature() != null) keep(text.signature());
        if (seal == null) return;
        if (parts.size() > before && parts.get(parts.size() - 1) instanceof ObjectNode last && last.has("text")) {
            last.put("thoughtSignature", seal);
            seal = null;
        } else if (text.signature() != null) {
            parts.addObject().put("text", "").put("thoughtSignature", seal);
            seal = null;
        }
    }

    /** Other models' thinking means nothing to this one. */
    private void thinking(Part.Thinking thinking, ArrayNode parts) {
        Signature signature = thinking.signature();
        boolean own = signature == null ? conversation.client() == Vendor.GEMINI : signature.by() == Vendor.GEMINI;
        if (!own) return;
        if (!thinking.text().isEmpty())
            parts.addObject().put("text", thinking.text()).put("thought", true);
        if (signature != null) keep(signature);
    }

    private void keep(Signature signature) {
        if (signature.by() == Vendor.GEMINI) seal = signature.value();
    }

    private void toolCall(Part.ToolCall call, ArrayNode parts, boolean callsBefore) {
        called.put(call.id(), new Called(call.name(), called.size()));
        ObjectNode part = parts.addObject();
        ObjectNode function = part.putObject("functionCall");
        function.put("id", call.id());
        function.put("name", call.name());
        function.set("args", Arguments.object(call.arguments()));
        if (call.signature() != null) keep(call.signature());
        if (seal != null) part.put("thoughtSignature", seal);
        // Of calls made at once only the first is sealed.
        else if (!callsBefore && GeminiModels.wantsSeals(model)) part.put("thoughtSignature", NO_SEAL);
        seal = null;
    }

    private static void foreign(Part.Foreign foreign, ArrayNode parts) {
        if (foreign.vendor() == Vendor.GEMINI) parts.add(foreign.block());
    }
}
