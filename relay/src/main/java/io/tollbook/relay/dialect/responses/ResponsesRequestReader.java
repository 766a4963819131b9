package io.tollbook.relay.dialect.responses;

import static io.tollbook.relay.conversation.Turn.Role.USER;

import io.tollbook.relay.conversation.AnswerFormat;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Reasoning;
import io.tollbook.relay.conversation.Sampling;
import io.tollbook.relay.conversation.Turn;
import io.tollbook.relay.conversation.Vendor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Understands a request for a response, for a provider that does not. */
final class ResponsesRequestReader {
    /** What OpenAI keeps, nobody else has. */
    private static final List<String> STORED =
            List.of("previous_response_id", "conversation", "prompt", "context_management");

    static final String LOGPROBS = "message.output_text.logprobs";

    private ResponsesRequestReader() {}

    static Conversation read(JsonNode request) {
        Fields root = Fields.of(request, "");
        for (String name : STORED) if (root.has(name)) throw root.nativeOnly(name);
        Conversation.Draft draft = new Conversation.Draft();
        draft.stream = Boolean.TRUE.equals(root.flag("stream"));
        String instructions = root.text("instructions");
        if (instructions != null && !instructions.isEmpty()) draft.system.add(new Part.Text(instructions));
        ResponsesTools.read(root, draft);
        input(root, draft);
        draft.parallelTools = root.flag("parallel_tool_calls");
        draft.sampling = sampling(root);
        text(root, draft);
        draft.reasoning = reasoning(root.object("reasoning"));
        draft.user = root.has("safety_identifier") ? root.text("safety_identifier") : root.text("user");
        draft.serviceTier = root.text("service_tier");
        draft.promptCacheKey = root.text("prompt_cache_key");
        draft.store = root.flag("store");
        Fields metadata = root.object("metadata");
        if (metadata != null)
            for (String key : metadata.node().propertyNames()) draft.metadata.put(key, metadata.needText(key));
        return draft.done(Vendor.RESPONSES);
    }

    private static void input(Fields root, Conversation.Draft draft) {
        if (root.get("input").isString()) {
            draft.turns.add(
                    new Turn(USER, List.of(new Part.Text(root.get("input").asString()))));
            return;
        }
        ResponsesInputReader reader = new ResponsesInputReader(draft);
        root.objects("input").forEach(reader::read);
        reader.end();
    }

    private static Sampling sampling(Fields root) {
        Long alternatives = root.count("top_logprobs");
        boolean wanted = root.texts("include").contains(LOGPROBS) || alternatives != null && alternatives > 0;
        return new Sampling(
                root.count("max_output_tokens"),
                root.number("temperature"),
                root.number("top_p"),
                null,
                null,
                List.of(),
                null,
                null,
                null,
                wanted ? Integer.valueOf(alternatives == null ? 0 : alternatives.intValue()) : null);
    }

    private static void text(Fields root, Conversation.Draft draft) {
        Fields text = root.object("text");
        if (text == null) return;
        draft.verbosity = text.text("verbosity");
        Fields format = text.object("format");
        if (format == null) return;
        draft.format = switch (format.needText("type")) {
            case "text" -> null;
            case "json_object" -> AnswerFormat.ANY_JSON;
            case "json_schema" ->
                new AnswerFormat(
                        format.needText("name"), format.text("description"), schema(format), format.flag("strict"));
            default -> throw format.wrong("type", "text, json_object or json_schema");
        };
    }

    private static JsonNode schema(Fields format) {
        if (!format.get("schema").isObject()) throw format.wrong("schema", "an object");
        return format.get("schema");
    }

    private static @Nullable Reasoning reasoning(@Nullable Fields reasoning) {
        if (reasoning == null) return null;
        String summary = reasoning.text("summary");
        if (summary == null) summary = reasoning.text("generate_summary");
        String effort = reasoning.text("effort");
        if (effort == null && summary == null) return null;
        boolean none = "none".equals(summary);
        return new Reasoning(effort, null, summary == null ? null : Boolean.valueOf(!none), none ? null : summary);
    }
}
