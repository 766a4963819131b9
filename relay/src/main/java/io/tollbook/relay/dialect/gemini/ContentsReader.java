package io.tollbook.relay.dialect.gemini;

import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.Turn;
import io.tollbook.relay.conversation.Vendor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the turns of a request. Calls without an id get one, and a function's response belongs to the call with its id, or
 * else to the oldest open call of its name.
 */
final class ContentsReader {
    private record Open(@Nullable String given, String name, String id) {}

    private final List<Open> open = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private int calls;

    private ContentsReader() {}

    static List<Turn> read(Field contents) {
        ContentsReader reader = new ContentsReader();
        // An object alone is what some clients send for a list of one.
        List<Field> list = contents.value().isObject() ? List.of(contents) : contents.list();
        if (list.isEmpty()) throw contents.invalid("is required");
        List<Turn.Role> roles = new ArrayList<>();
        List<List<Part>> turns = new ArrayList<>();
        for (Field content : list) {
            Turn.Role role = role(content.object().get("role"));
            // A client keeps a streamed answer as many contents; together they are one turn.
            boolean goesOn = role == Turn.Role.ASSISTANT && !roles.isEmpty() && roles.getLast() == role;
            if (!goesOn) {
                roles.add(role);
                turns.add(new ArrayList<>());
            }
            reader.parts(content.get("parts"), role, turns.getLast());
        }
        List<Turn> read = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++)
            if (!turns.get(i).isEmpty()) read.add(new Turn(roles.get(i), turns.get(i)));
        if (read.isEmpty()) throw contents.invalid("must have parts");
        return read;
    }

    private static Turn.Role role(Field role) {
        return switch (role.text("user")) {
            case "", "user", "function", "tool" -> Turn.Role.USER;
            case "model" -> Turn.Role.ASSISTANT;
            default -> throw role.invalid("must be user or model");
        };
    }

    private void parts(Field parts, Turn.Role role, List<Part> into) {
        List<Field> list = parts.value().isObject() ? List.of(parts) : parts.list();
        for (Field part : list) part(part.object(), role, into);
    }

    private void part(Field part, Turn.Role role, List<Part> into) {
        GeminiSignatures.Shown shown =
                GeminiSignatures.read(part.get("thoughtSignature").text());
        Signature signature = shown == null ? null : shown.signature();
        if (part.get("functionCall").isThere()) {
            into.add(call(part.get("functionCall").object(), signature));
        } else if (part.get("functionResponse").isThere()) {
            into.add(response(part.get("functionResponse").object()));
        } else if (part.get("inlineData").isThere()) {
            into.add(inline(part.get("inlineData").object(), detail(part)));
        } else if (part.get("fileData").isThere()) {
            into.add(GeminiMedia.file(part.get("fileData").object(), detail(part)));
        } else if (part.get("executableCode").isThere()
                || part.get("codeExecutionResult").isThere()) {
            into.add(new Part.Foreign(Vendor.GEMINI, part.value()));
        } else if (part.get("thought").isTrue()) {
            thought(part.get("text").text(""), shown, into);
        } else if (part.get("text").isThere() || shown != null) {
            text(part.get("text").text(""), signature, role, into);
        }
    }

    private static void text(String text, @Nullable Signature signature, Turn.Role role, List<Part> into) {
        if (text.isEmpty() && signature == null) return;
        if (role == Turn.Role.ASSISTANT
                && !into.isEmpty()
                && into.getLast() instanceof Part.Text before
                && before.signature() == null) {
            // The pieces of a streamed text, and the seal that came behind them.
            into.removeLast();
            into.add(new Part.Text(before.text() + text, List.of(), signature, null));
            return;
        }
        into.add(new Part.Text(text, List.of(), signature, null));
    }

    private static void thought(String text, GeminiSignatures.@Nullable Shown shown, List<Part> into) {
        if (shown != null && shown.isHidden()) {
            into.add(new Part.HiddenThinking(shown.id(), shown.signature()));
            return;
        }
        String whole = text;
        if (!into.isEmpty() && into.getLast() instanceof Part.Thinking before && before.signature() == null) {
            into.removeLast();
            whole = before.text() + text;
        }
        if (whole.isEmpty() && shown == null) return;
        into.add(new Part.Thinking(whole, shown == null ? null : shown.id(), shown == null ? null : shown.signature()));
    }

    private Part call(Field call, @Nullable Signature signature) {
        String name = call.get("name").required();
        String given = call.get("id").text();
        Field args = call.get("args");
        String arguments = args.isThere() ? args.object().value().toString() : "{}";
        String id = given != null && !given.isEmpty() && taken.add(given) ? given : fresh();
        open.add(new Open(given, name, id));
        return new Part.ToolCall(id, name, arguments, signature, null);
    }

    /** By their place in the conversation, so that the same conversation has the same ids in the next request. */
    private String fresh() {
        String id;
        do id = "call_" + ++calls;
        while (!taken.add(id));
        return id;
    }

    private Part response(Field response) {
        String name = response.get("name").text("");
        Open call = answered(response.get("id").text(), name);
        if (call == null) throw response.invalid("answers no open call of the function " + name);
        Field result = response.get("response");
        JsonNode json = result.isThere() ? result.object().value() : null;
        List<Part> content = new ArrayList<>();
        if (json != null) content.add(new Part.Text(words(json)));
        for (Field part : response.get("parts").list()) {
            if (part.get("inlineData").isThere())
                content.add(inline(part.get("inlineData").object(), null));
            else if (part.get("fileData").isThere())
                content.add(GeminiMedia.file(part.get("fileData").object(), null));
        }
        boolean isError = json != null && json.has("error") && !json.has("output") && !json.has("result");
        return new Part.ToolResult(call.id(), call.name(), content, json, isError, null);
    }

    private @Nullable Open answered(@Nullable String id, String name) {
        Open found = null;
        if (id != null && !id.isEmpty())
            for (Open one : open) if (found == null && Objects.equals(one.given(), id)) found = one;
        if (found == null) for (Open one : open) if (found == null && one.name().equals(name)) found = one;
        open.remove(found);
        return found;
    }

    /** What a function said in words stands in a field of its own; anything else is told as JSON. */
    private static String words(JsonNode json) {
        if (json.size() == 1)
            for (String field : List.of("output", "result", "content", "error"))
                if (json.path(field).isString()) return json.path(field).stringValue();
        return json.toString();
    }

    private static @Nullable String detail(Field part) {
        return switch (part.get("mediaResolution").get("level").value().asString("")) {
            case "MEDIA_RESOLUTION_LOW" -> "low";
            case "MEDIA_RESOLUTION_MEDIUM" -> "auto";
            case "MEDIA_RESOLUTION_HIGH", "MEDIA_RESOLUTION_ULTRA_HIGH" -> "high";
            default -> null;
        };
    }

    private static Part inline(Field blob, @Nullable String detail) {
        return GeminiMedia.inline(
                blob.get("mimeType").required(),
                blob.get("data").required(),
                blob.get("displayName").text(),
                detail);
    }
}
