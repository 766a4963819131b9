package io.tollbook.relay.dialect.openai;

import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.AnswerFrame;
import io.tollbook.relay.dialect.AnswerWriter;
import io.tollbook.relay.dialect.ClientRequest;
import io.tollbook.relay.dialect.PassRules;
import io.tollbook.relay.dialect.RequestLine;
import io.tollbook.relay.metering.AnswerText;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The older completions, for clients alone: a provider that has nothing else is asked for nothing else. */
@Component
public final class Completions extends OpenAi {
    @Override
    public Vendor vendor() {
        return Vendor.COMPLETIONS;
    }

    @Override
    public ClientRequest read(RequestLine line, byte[] body) {
        return CompletionsRequest.read(body);
    }

    @Override
    public AnswerWriter writer(ClientRequest request, AnswerFrame frame) {
        CompletionsRequest asked = (CompletionsRequest) request;
        return new CompletionsAnswerWriter(frame, asked.echoed(), asked.wantsUsageChunk());
    }

    @Override
    public boolean isConversation() {
        return false;
    }

    @Override
    public String path(String model, boolean stream, @Nullable RequestLine line) {
        return "/v1/completions";
    }

    @Override
    public byte[] body(Conversation conversation, String upstreamModel, long longest) {
        throw new IllegalStateException("a conversation is no text to go on with");
    }

    @Override
    public AnswerText text() {
        return AnswerText.ofCompletions();
    }

    @Override
    public PassRules rules(@Nullable ClientRequest request) {
        return new OpenAiPassRules(!(request instanceof CompletionsRequest asked) || asked.wantsUsageChunk());
    }
}
