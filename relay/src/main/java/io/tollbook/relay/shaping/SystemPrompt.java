package io.tollbook.relay.shaping;

import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a channel tells its model before anything else.
 *
 * @param inFront whether it also goes in front of what the client tells the model; otherwise the client's stands alone
 */
record SystemPrompt(String text, boolean inFront) {
    boolean isEmpty() {
        return text.isBlank();
    }

    /** @return whether the request was changed */
    boolean addTo(ObjectNode root, Vendor dialect) {
        if (isEmpty()) return false;
        return switch (dialect) {
            case OPENAI -> messages(root);
            case CLAUDE -> field(root, "system", part());
            case RESPONSES -> field(root, "instructions", null);
            case GEMINI -> instruction(root);
            case COMPLETIONS, EMBEDDINGS, GOOGLE_EMBEDDINGS, COMPACTION -> false;
        };
    }

    private ObjectNode part() {
        return Json.MAPPER.createObjectNode().put("type", "text").put("text", text);
    }

    private boolean messages(ObjectNode root) {
        if (!(root.path("messages") instanceof ArrayNode messages)) return false;
        for (JsonNode message : messages) {
            String role = message.path("role").stringValue("");
            if (!role.equals("system") && !role.equals("developer")) continue;
            return inFront && field((ObjectNode) message, "content", part());
        }
        messages.insert(0, Json.MAPPER.createObjectNode().put("role", "system").put("content", text));
        return true;
    }

    private boolean field(ObjectNode holder, String name, @Nullable ObjectNode part) {
        JsonNode theirs = holder.path(name);
        boolean said = theirs.isString() && !theirs.asString().isEmpty() || theirs.isArray() && !theirs.isEmpty();
        if (said && !inFront) return false;
        if (!said) holder.put(name, text);
        else if (theirs.isString()) holder.put(name, text + "\n" + theirs.asString());
        else if (part != null) ((ArrayNode) theirs).insert(0, part);
        return true;
    }

    private boolean instruction(ObjectNode root) {
        String name = root.has("system_instruction") ? "system_instruction" : "systemInstruction";
        JsonNode parts = root.path(name).path("parts");
        ObjectNode ours = Json.MAPPER.createObjectNode().put("text", text);
        if (parts instanceof ArrayNode theirs && !theirs.isEmpty()) {
            if (!inFront) return false;
            theirs.insert(0, ours);
            return true;
        }
        root.putObject(name).putArray("parts").add(ours);
        return true;
    }
}
