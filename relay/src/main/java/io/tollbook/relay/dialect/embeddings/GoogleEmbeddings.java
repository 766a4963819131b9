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
import io.tollbook.relay.dialect.gemini.Gemini;
import io.tollbook.relay.dialect.gemini.GeminiPath;
import io.tollbook.relay.metering.AnswerText;
import io.tollbook.relay.metering.GeminiUsage;
import io.tollbook.relay.metering.UsageReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Embeddings as Google's clients ask for them, one by one or in a batch: passed to Google, written for who speaks OpenAI's. */
@Component
public class GoogleEmbeddings implements Dialect {
    private final Gemini content = new Gemini();

    @Override
    public Vendor vendor() {
        return Vendor.GOOGLE_EMBEDDINGS;
    }

    @Override
    public ClientRequest read(RequestLine line, byte[] body) {
        return GoogleEmbeddingsRequest.read(line, body);
    }

    @Override
    public ErrorShape errors() {
        return content.errors();
    }

    @Override
    public Dialect towards(List<Vendor> spoken, Dialects all) {
        if (spoken.contains(Vendor.GEMINI)) return this;
        return spoken.contains(Vendor.EMBEDDINGS) ? OpenAiVectors.ONLY : Dialect.super.towards(spoken, all);
    }

    @Override
    public boolean passesToProvider(String header) {
        return content.passesToProvider(header);
    }

    @Override
    public boolean passesToClient(String header) {
        return content.passesToClient(header);
    }

    @Override
    public boolean isConversation() {
        return false;
    }

    @Override
    public String path(String model, boolean stream, @Nullable RequestLine line) {
        String action = line == null
                ? GoogleEmbeddingsRequest.BATCH
                : GeminiPath.of(line).action();
        return GeminiPath.to(model, action);
    }

    @Override
    public Map<String, String> headers(String key) {
        return content.headers(key);
    }

    @Override
    public UsageReader usage() {
        return new GeminiUsage();
    }

    @Override
    public AnswerText text() {
        return AnswerText.ofNothing();
    }

    @Override
    public AnswerReader reader() {
        return new VectorReader("embedding", "embeddings");
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
        return content.rules(null);
    }
}
