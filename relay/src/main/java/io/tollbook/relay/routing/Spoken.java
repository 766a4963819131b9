package io.tollbook.relay.routing;

import static io.tollbook.relay.conversation.Vendor.CLAUDE;
import static io.tollbook.relay.conversation.Vendor.GEMINI;
import static io.tollbook.relay.conversation.Vendor.OPENAI;
import static io.tollbook.relay.conversation.Vendor.RESPONSES;

import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.relay.conversation.Vendor;
import java.util.List;

/** Which dialects the providers speak, the best first. */
final class Spoken {
    private Spoken() {}

    static List<Vendor> by(ChannelType type) {
        return switch (type) {
            case OPENAI, XAI -> List.of(OPENAI, RESPONSES);
            // OpenRouter speaks more, in drafts of its own; chat is what it keeps.
            case CUSTOM, OPENROUTER -> List.of(OPENAI);
            case DEEPSEEK -> List.of(OPENAI);
            case ANTHROPIC -> List.of(CLAUDE);
            case GEMINI -> List.of(GEMINI);
            case DEMO -> List.of(OPENAI);
        };
    }
}
