package io.tollbook.relay.dialect.openai;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Sampling;
import io.tollbook.relay.conversation.Turn;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.ClientRequest;
import io.tollbook.relay.dialect.Json;
import io.tollbook.relay.dialect.PromptText;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** A request to go on with a text, or with several. */
public final class CompletionsRequest extends UsageAsking {
    /** What only a provider that goes on with texts itself can do. */
    private static final List<String> NATIVE = List.of("suffix", "logprobs");

    private static final int PROMPTS_MAX = 2_048;

    private long maxTokens = -1;
    private int answers = 1;
    private int best = 1;
    private int prompts;
    private boolean echo;

    private CompletionsRequest(byte[] body, PromptText prompt) {
        super(body, prompt);
        read();
    }

    /** @throws Refused INVALID with the field's name, for anything OpenAI would answer with 400 */
    public static CompletionsRequest read(byte[] body) {
        return new CompletionsRequest(body, PromptText.estimated());
    }

    @Override
    protected ClientRequest again(PromptText text) {
        return new CompletionsRequest(body, text);
    }

    @Override
    protected void field(String name, JsonParser parser) {
        switch (name) {
            case "model" -> readModel(parser);
            case "stream" -> stream = flag(parser, name);
            case "echo" -> echo = flag(parser, name);
            case "max_tokens" -> maxTokens = count(parser, name, 0, MAX_TOKENS_MAX, -1);
            case "n" -> answers = Math.max(1, (int) count(parser, name, 0, ANSWERS_MAX, 1));
            case "best_of" -> best = Math.max(1, (int) count(parser, name, 0, ANSWERS_MAX, 1));
            case "stream_options" -> readStreamOptions(parser);
            case "prompt" -> readPrompts(parser);
            case "suffix" -> prompt.readText(parser);
            default -> parser.skipChildren();
        }
    }

    private void readPrompts(JsonParser parser) {
        switch (parser.currentToken()) {
            case VALUE_STRING -> {
                prompts = 1;
                prompt.readText(parser);
            }
            case START_ARRAY -> {
                boolean tokens = false;
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    tokens |= parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
                    prompts++;
                    prompt.readText(parser);
                }
                // The numbers of one text, and not one text each.
                if (tokens) prompts = 1;
            }
            case VALUE_NULL -> {}
            default -> throw Refused.invalid("prompt must be a string or an array");
        }
        if (prompts > PROMPTS_MAX) throw Refused.invalid("prompt must have at most " + PROMPTS_MAX + " texts");
    }

    @Override
    protected void check() {
        requireModel();
        if (prompts == 0) throw Refused.invalid("field prompt is required");
    }

    @Override
    public long outputTokensMax(long longest) {
        return (maxTokens > 0 ? maxTokens : longest) * Math.max(answers, best) * prompts;
    }

    /** The text that an answer begins with, where the client wants to see it again. */
    String echoed() {
        return echo ? text(Json.object(body).path("prompt")) : "";
    }

    @Override
    public Conversation conversation() {
        JsonNode root = Json.object(body);
        for (String name : NATIVE)
            if (!Json.isAbsent(root.path(name)) && !root.path(name).asString("").equals("0"))
                throw Refused.invalid(name + " needs a channel that completes texts itself; none serves this model.");
        if (best > answers) throw Refused.invalid("best_of cannot be above n for this model.");
        Conversation.Draft draft = new Conversation.Draft();
        draft.stream = stream;
        draft.turns.add(new Turn(Turn.Role.USER, List.of(new Part.Text(text(root.path("prompt"))))));
        draft.sampling = new Sampling(
                maxTokens > 0 ? Long.valueOf(maxTokens) : null,
                Json.decimal(root.path("temperature"), "temperature"),
                Json.decimal(root.path("top_p"), "top_p"),
                null,
                Json.whole(root.path("seed"), "seed"),
                Json.texts(root.path("stop"), "stop"),
                Json.decimal(root.path("presence_penalty"), "presence_penalty"),
                Json.decimal(root.path("frequency_penalty"), "frequency_penalty"),
                answers > 1 ? Integer.valueOf(answers) : null,
                null);
        draft.user = Json.text(root.path("user"), "user");
        return draft.done(Vendor.COMPLETIONS);
    }

    private static String text(JsonNode prompt) {
        JsonNode one = prompt.isArray() && prompt.size() == 1 ? prompt.get(0) : prompt;
        if (one.isString()) return one.asString();
        throw Refused.invalid("prompt must be one text for this model");
    }
}
