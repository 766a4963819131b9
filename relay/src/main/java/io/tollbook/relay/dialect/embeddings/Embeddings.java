package io.tollbook.relay.dialect.embeddings;

import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.AnswerFrame;
import io.tollbook.relay.dialect.AnswerReader;
import io.tollbook.relay.dialect.AnswerWriter;
import io.tollbook.relay.dialect.ClientRequest;
import io.tollbook.relay.dialect.Dialect;
import io.tollbook.relay.dialect.Dialects;
import io.tollbook.relay.dialect.ErrorShape;
import io.tollbook.relay.dialect.PassRules;
import io.tollbook.relay.dialect.RequestLine;
import io.tollbook.relay.dialect.openai.OpenAi;
import io.tollbook.relay.metering.AnswerText;
import io.tollbook.relay.metering.OpenAiUsage;
import io.tollbook.relay.metering.UsageReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Embeddings as OpenAI's clients ask for them. They are nothing that a conversation could carry, so they pass or are refused. */
@Component
public class Embeddings implements Dialect {
    private final OpenAi chat = new OpenAi();

    @Override
    public Vendor vendor() {
        return Vendor.EMBEDDINGS;
    }

    @Override
    public ClientRequest read(RequestLine line, byte[] body) {
        return EmbeddingsRequest.read(body);
    }

    @Override
    public ErrorShape errors() {
        return chat.errors();
    }

    @Override
    public Dialect towards(List<Vendor> spoken, Dialects all) {
        return spoken.contains(Vendor.GEMINI) ? GeminiEmbeddings.ONLY : Dialect.super.towards(spoken, all);
    }

    @Override
    public boolean passesToProvider(String header) {
        return chat.passesToProvider(header);
    }

    @Override
    public boolean passesToClient(String header) {
        return chat.passesToClient(header);
    }

    @Override
    public boolean isConversation() {
        return false;
    }

    @Override
    public String path(String model, boolean stream, @Nullable RequestLine line) {
        return "/v1/embeddings";
    }

    @Override
    public Map<String, String> headers(String key) {
        return chat.headers(key);
    }

    @Override
    public UsageReader usage() {
        return new OpenAiUsage();
    }

    @Override
    public AnswerText text() {
        return AnswerText.ofNothing();
    }

    @Override
    public AnswerReader reader() {
        return new VectorReader("data");
    }

    @Override
    public AnswerWriter writer(ClientRequest request, AnswerFrame frame) {
        throw new IllegalStateException("no conversation ends in vectors");
    }

    @Override
    public byte[] body(Conversation conversation, String upstreamModel, long longest) {
        throw new IllegalStateException("no conversation ends in vectors");
    }

    @Override
    public boolean fetches(Part.Media media) {
        return false;
    }

    @Override
    public PassRules rules(@Nullable ClientRequest request) {
        return chat.rules(null);
    }
}
