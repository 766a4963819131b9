package io.tollbook.relay.dialect.responses;

import static io.tollbook.relay.conversation.Turn.Role.ASSISTANT;
import static io.tollbook.relay.conversation.Turn.Role.USER;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.Turn;
import io.tollbook.relay.conversation.Vendor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Understands the items of an input, one after the other: what the model gave between two of the user's are one turn, and so
 * are results that follow each other.
 */
final class ResponsesInputReader {
    private final Conversation.Draft draft;
    private final List<Part> parts = new ArrayList<>();
    private Turn.Role role = USER;
    /** Where each call stands that has no result yet. */
    private final Map<String, String> unanswered = new LinkedHashMap<>();
    /** Gemini's seals, which stand for themselves here, until it is clear what they seal. */
    private final List<Signature> seals = new ArrayList<>();

    ResponsesInputReader(Conversation.Draft draft) {
        this.draft = draft;
    }

    void read(Fields item) {
        String type = item.has("type") ? item.needText("type") : "message";
        switch (type) {
            case "message" -> message(item);
            case "function_call" -> call(item, item.has("arguments") ? item.needText("arguments") : "", name(item));
            case "custom_tool_call" -> call(item, ResponsesTools.argumentsOf(item.needText("input")), name(item));
            case "function_call_output", "custom_tool_call_output" ->
                result(item, ResponsesContent.read(item, "output"));
            case "tool_search_call", "tool_search_output" -> search(item, type.equals("tool_search_call"));
            case "reasoning" -> reasoning(item);
            case "image_generation_call" -> picture(item);
            // What OpenAI ran itself: its outcome is in the answer that came of it.
            case "web_search_call", "file_search_call", "code_interpreter_call", "mcp_call", "mcp_list_tools" ->
                add(ASSISTANT, new Part.Foreign(Vendor.RESPONSES, item.node()));
            default -> throw item.nativeOnly("type");
        }
    }

    private void message(Fields item) {
        String who = item.needText("role");
        switch (who) {
            case "system", "developer" -> draft.system.addAll(ResponsesContent.read(item, "content"));
            case "user" -> {
                flush();
                ResponsesContent.read(item, "content").forEach(part -> add(USER, part));
                flush();
            }
            case "assistant" -> ResponsesContent.read(item, "content").forEach(part -> add(ASSISTANT, part));
            default -> throw item.wrong("role", "user, assistant, system or developer");
        }
    }

    private void call(Fields item, String arguments, String name) {
        String id = item.needText("call_id");
        Signature seal = seals.isEmpty() ? null : seals.removeLast();
        sealLast();
        add(ASSISTANT, new Part.ToolCall(id, name, arguments.isBlank() ? "{}" : arguments, seal, null));
        unanswered.put(id, item.at());
    }

    private static String name(Fields item) {
        String space = item.text("namespace");
        return ClientTools.flat(space == null ? "" : space, item.needText("name"));
    }

    /** The client's own is a call like others, and what it found may be called from then on. OpenAI's own is left out. */
    private void search(Fields item, boolean isCall) {
        boolean own = "client".equals(item.text("execution"));
        if (isCall && own) call(item, item.get("arguments").toString(), ClientTools.SEARCH);
        if (isCall) return;
        ResponsesTools.addFound(item, draft.tools);
        if (own) result(item, List.of(new Part.Text(item.get("tools").toString())));
    }

    private void result(Fields item, List<Part> content) {
        String call = item.needText("call_id");
        if (unanswered.remove(call) == null)
            throw Refused.invalid(
                    item.path("call_id") + ": No tool call found for function call output with call_id " + call + ".");
        add(USER, new Part.ToolResult(call, null, content, null, false, null));
    }

    /** With a summary it is thinking that was shown, without one thinking that was not, or a seal alone. */
    private void reasoning(Fields item) {
        String text = ResponsesContent.thoughts(item.node());
        Signature signature = Signature.shownBy(Vendor.RESPONSES, item.text("encrypted_content"));
        boolean shown = !item.get("summary").isEmpty() || !item.get("content").isEmpty();
        if (shown) add(ASSISTANT, new Part.Thinking(text, item.text("id"), signature));
        else if (signature != null && signature.by() == Vendor.GEMINI) seals.add(signature);
        else if (signature != null) add(ASSISTANT, new Part.HiddenThinking(item.text("id"), signature));
    }

    private void picture(Fields item) {
        String data = item.text("result");
        if (data != null) add(ASSISTANT, ResponsesContent.picture(item.node(), data));
    }

    private void add(Turn.Role by, Part part) {
        if (by != role) flush();
        role = by;
        parts.add(part);
    }

    /** A seal that no call followed is that of the text before it. */
    private void sealLast() {
        if (seals.isEmpty()) return;
        Signature seal = seals.getLast();
        seals.clear();
        if (role != ASSISTANT || parts.isEmpty()) return;
        @Nullable
        Part sealed = switch (parts.getLast()) {
            case Part.Text text -> new Part.Text(text.text(), text.citations(), seal, text.cache());
            case Part.Thinking thinking -> new Part.Thinking(thinking.text(), thinking.id(), seal);
            default -> null;
        };
        if (sealed != null) parts.set(parts.size() - 1, sealed);
    }

    private void flush() {
        sealLast();
        if (!parts.isEmpty()) draft.turns.add(new Turn(role, parts));
        parts.clear();
    }

    /** @throws Refused INVALID, if a call has no result */
    void end() {
        flush();
        for (Map.Entry<String, String> call : unanswered.entrySet())
            throw Refused.invalid(call.getValue() + ": No tool output found for function call " + call.getKey() + ".");
    }
}
