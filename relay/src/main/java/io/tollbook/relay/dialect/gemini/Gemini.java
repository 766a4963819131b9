package io.tollbook.relay.dialect.gemini;

import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.AnswerFrame;
import io.tollbook.relay.dialect.AnswerReader;
import io.tollbook.relay.dialect.AnswerWriter;
import io.tollbook.relay.dialect.ClientRequest;
import io.tollbook.relay.dialect.Dialect;
import io.tollbook.relay.dialect.ErrorShape;
import io.tollbook.relay.dialect.PassRules;
import io.tollbook.relay.dialect.RequestLine;
import io.tollbook.relay.metering.AnswerText;
import io.tollbook.relay.metering.GeminiUsage;
import io.tollbook.relay.metering.UsageReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Google's generateContent. */
@Component
public final class Gemini implements Dialect {
    private static final Set<String> TO_PROVIDER = Set.of("accept", "x-goog-api-client", "x-goog-ext-353267353-bin");
    private static final Set<String> TO_CLIENT = Set.of("retry-after", "server-timing", "x-gemini-service-tier");

    @Override
    public Vendor vendor() {
        return Vendor.GEMINI;
    }

    @Override
    public ClientRequest read(RequestLine line, byte[] body) {
        return GeminiRequest.read(line, body);
    }

    @Override
    public ErrorShape errors() {
        return GeminiErrors.SHAPE;
    }

    @Override
    public byte[] broken(ClientRequest request, Failure failure, String id) {
        boolean events = !(request instanceof GeminiRequest asked) || asked.wantsEvents();
        return events ? errors().event(failure, id) : GeminiFraming.broken(errors().body(failure, id));
    }

    /** A blank line: Google's client for Python takes a comment for an answer. Before an array has begun there is nothing to say. */
    @Override
    public byte[] keepAlive(ClientRequest request) {
        boolean events = !(request instanceof GeminiRequest asked) || asked.wantsEvents();
        return (events ? "\r\n" : "").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public AnswerWriter writer(ClientRequest request, AnswerFrame frame) {
        boolean events = !(request instanceof GeminiRequest asked) || asked.wantsEvents();
        return new GeminiAnswerWriter(frame, GeminiFraming.of(events));
    }

    @Override
    public boolean passesToProvider(String header) {
        return TO_PROVIDER.contains(header);
    }

    @Override
    public boolean passesToClient(String header) {
        return TO_CLIENT.contains(header);
    }

    /** A client that wants its stream as an array gets the provider's array. */
    @Override
    public String path(String model, boolean stream, @Nullable RequestLine line) {
        if (!stream) return GeminiPath.to(model, "generateContent");
        boolean events = line == null || "sse".equals(line.parameter("alt"));
        return GeminiPath.to(model, "streamGenerateContent") + (events ? "?alt=sse" : "");
    }

    @Override
    public Map<String, String> headers(String key) {
        return key.isEmpty() ? Map.of() : Map.of("x-goog-api-key", key);
    }

    @Override
    public byte[] body(Conversation conversation, String upstreamModel, long longest) {
        return GeminiRequestWriter.write(conversation, upstreamModel);
    }

    /** Only what lies at Google itself. */
    @Override
    public boolean fetches(Part.Media media) {
        return false;
    }

    @Override
    public UsageReader usage() {
        return new GeminiUsage();
    }

    @Override
    public AnswerText text() {
        return AnswerText.ofGemini();
    }

    @Override
    public AnswerReader reader() {
        return new GeminiAnswerReader();
    }

    @Override
    public PassRules rules(@Nullable ClientRequest request) {
        return new GeminiPassRules();
    }
}
