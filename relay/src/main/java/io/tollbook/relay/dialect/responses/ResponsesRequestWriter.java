package io.tollbook.relay.dialect.responses;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.AnswerFormat;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Reasoning;
import io.tollbook.relay.conversation.Sampling;
import io.tollbook.relay.conversation.Tool;
import io.tollbook.relay.conversation.Turn;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.Json;
import io.tollbook.relay.dialect.openai.Effort;
import io.tollbook.relay.dialect.openai.OpenAiModel;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a request for a response that was asked in another dialect. */
final class ResponsesRequestWriter {
    private static final long OUTPUT_TOKENS_LEAST = 16;
    private static final Pattern CAN_BE_OFF = Pattern.compile("gpt-5\\.\\d.*");

    private final Conversation conversation;
    private final String model;
    private final OpenAiModel named;
    private final ObjectNode root = Json.MAPPER.createObjectNode();

    private ResponsesRequestWriter(Conversation conversation, String model) {
        this.conversation = conversation;
        this.model = model;
        named = new OpenAiModel(model);
    }

    static byte[] write(Conversation conversation, String model) {
        return new ResponsesRequestWriter(conversation, model).write();
    }

    private byte[] write() {
        refuseWhatCannotBe(conversation.sampling());
        root.put("model", model);
        instructions();
        ResponsesInputWriter input = new ResponsesInputWriter(root.putArray("input"));
        conversation.turns().forEach(input::turn);
        tools();
        sampling(conversation.sampling());
        text();
        reasoning();
        if (conversation.user() != null) root.put("user", conversation.user());
        if (conversation.serviceTier() != null) root.put("service_tier", conversation.serviceTier());
        if (conversation.promptCacheKey() != null) root.put("prompt_cache_key", conversation.promptCacheKey());
        if (!conversation.metadata().isEmpty()) conversation.metadata().forEach(root.putObject("metadata")::put);
        // Unsaid means yes here and no everywhere else.
        if (conversation.store() != null) root.put("store", conversation.store());
        else if (conversation.client() != Vendor.RESPONSES) root.put("store", false);
        if (conversation.stream()) root.put("stream", true);
        return Json.MAPPER.writeValueAsBytes(root);
    }

    private static void refuseWhatCannotBe(Sampling sampling) {
        if (sampling.answers() != null && sampling.answers() > 1)
            throw Refused.invalid("n must be 1: this model gives one answer to a request.");
        if (!sampling.stops().isEmpty())
            throw Refused.invalid("stop: this model knows no stop sequences, and its answer would run on.");
    }

    private void instructions() {
        StringJoiner text = new StringJoiner("\n\n");
        for (Part part : conversation.system()) {
            if (!(part instanceof Part.Text(String said, var citations, var signature, var cache)))
                throw Refused.invalid("system: this model takes instructions only as text.");
            if (!said.isEmpty()) text.add(said);
        }
        if (text.length() > 0) root.put("instructions", text.toString());
    }

    private void tools() {
        if (conversation.tools().isEmpty()) return;
        ArrayNode tools = root.putArray("tools");
        for (Tool tool : conversation.tools()) tools.add(ResponsesTools.written(tool, conversation.client()));
        if (conversation.toolChoice() != null)
            root.set("tool_choice", ResponsesTools.written(conversation.toolChoice()));
        if (conversation.parallelTools() != null) root.put("parallel_tool_calls", conversation.parallelTools());
    }

    /** Seeds and penalties are wishes about the words, which these models do not hear. */
    private void sampling(Sampling sampling) {
        if (sampling.outputTokensMax() != null)
            root.put("max_output_tokens", Math.max(sampling.outputTokensMax(), OUTPUT_TOKENS_LEAST));
        if (named.refusesSampling()) return;
        if (sampling.temperature() != null) root.put("temperature", sampling.temperature());
        if (sampling.topP() != null) root.put("top_p", sampling.topP());
        if (sampling.topLogprobs() == null) return;
        if (sampling.topLogprobs() > 0) root.put("top_logprobs", sampling.topLogprobs());
        root.withArray("include").add(ResponsesRequestReader.LOGPROBS);
    }

    private void text() {
        AnswerFormat format = conversation.format();
        if (format == null && conversation.verbosity() == null) return;
        ObjectNode text = root.putObject("text");
        if (conversation.verbosity() != null) text.put("verbosity", conversation.verbosity());
        if (format == null) return;
        ObjectNode out = text.putObject("format");
        if (format.schema() == null) {
            out.put("type", "json_object");
            return;
        }
        out.put("type", "json_schema").put("name", format.name() == null ? "answer" : format.name());
        if (format.description() != null) out.put("description", format.description());
        out.set("schema", format.schema());
        if (format.strict() != null) out.put("strict", format.strict());
        // Unsaid means strict here and not strict in a chat.
        else if (conversation.client() == Vendor.OPENAI) out.put("strict", false);
    }

    private void reasoning() {
        Reasoning said = conversation.reasoning();
        boolean off = said != null && said.isOff();
        // Without it the next turn could not show what was thought in this one.
        boolean thinks = !off && (said != null || named.reasons());
        if (thinks || hasThought(conversation.turns()))
            root.withArray("include").add("reasoning.encrypted_content");
        if (said == null) return;
        String effort = off ? off() : Effort.of(said, named);
        String summary =
                off || Boolean.FALSE.equals(said.shown()) ? null : said.summary() == null ? "detailed" : said.summary();
        if (effort == null && summary == null) return;
        ObjectNode reasoning = root.putObject("reasoning");
        if (effort != null) reasoning.put("effort", effort);
        if (summary != null) reasoning.put("summary", summary);
    }

    /** The older ones always think a little, and others know no word for it. */
    private @Nullable String off() {
        if (CAN_BE_OFF.matcher(model).matches()) return "none";
        return named.reasons() ? Effort.of(new Reasoning("none", null, null, null), named) : null;
    }

    private static boolean hasThought(List<Turn> turns) {
        for (Turn turn : turns)
            for (Part part : turn.parts()) if (ResponsesInputWriter.isOwnThinking(part)) return true;
        return false;
    }
}
