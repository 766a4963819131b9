package io.tollbook.relay.routing;

import static io.tollbook.relay.conversation.Vendor.CLAUDE;
import static io.tollbook.relay.conversation.Vendor.COMPACTION;
import static io.tollbook.relay.conversation.Vendor.COMPLETIONS;
import static io.tollbook.relay.conversation.Vendor.EMBEDDINGS;
import static io.tollbook.relay.conversation.Vendor.GEMINI;
import static io.tollbook.relay.conversation.Vendor.OPENAI;
import static io.tollbook.relay.conversation.Vendor.RESPONSES;

import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.relay.conversation.Vendor;
import java.util.List;
import java.util.regex.Pattern;

/** Which dialects the providers speak, the best first. */
final class Spoken {
    private Spoken() {}

    /** OpenAI answers a chat with these by a 404 that says so. */
    private static final Pattern RESPONSES_ONLY =
            Pattern.compile("(?:o\\d|gpt-5(?:\\.\\d+)?)-pro.*|.*codex.*|.*deep-research.*|computer-use.*");

    static List<Vendor> by(ChannelType type, String model) {
        return switch (type) {
            case OPENAI ->
                RESPONSES_ONLY.matcher(model).matches()
                        ? List.of(RESPONSES, COMPACTION)
                        : List.of(OPENAI, RESPONSES, COMPACTION, COMPLETIONS, EMBEDDINGS);
            case XAI -> List.of(OPENAI, RESPONSES, COMPLETIONS);
            // OpenRouter speaks more, in drafts of its own; these are what it keeps.
            case CUSTOM, OPENROUTER -> List.of(OPENAI, COMPLETIONS, EMBEDDINGS);
            case DEEPSEEK -> List.of(OPENAI);
            case ANTHROPIC -> List.of(CLAUDE);
            case GEMINI -> List.of(GEMINI);
            case DEMO -> List.of(OPENAI, CLAUDE, GEMINI, RESPONSES, EMBEDDINGS);
        };
    }
}
