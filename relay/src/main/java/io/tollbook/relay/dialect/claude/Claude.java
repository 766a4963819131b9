package io.tollbook.relay.dialect.claude;

import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Source;
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
import io.tollbook.relay.metering.ClaudeUsage;
import io.tollbook.relay.metering.UsageReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Messages. */
@Component
public final class Claude implements Dialect {
    private static final String VERSION = "2023-06-01";
    private static final Set<String> TO_PROVIDER = Set.of("accept", "user-agent", "x-app");

    @Override
    public Vendor vendor() {
        return Vendor.CLAUDE;
    }

    @Override
    public ClientRequest read(RequestLine line, byte[] body) {
        return ClaudeRequest.read(body);
    }

    @Override
    public ErrorShape errors() {
        return ClaudeErrors.SHAPE;
    }

    @Override
    public String requestIdHeader() {
        return "request-id";
    }

    @Override
    public byte[] keepAlive(ClientRequest request) {
        return "event: ping\ndata: {\"type\": \"ping\"}\n\n".getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public AnswerWriter writer(ClientRequest request, AnswerFrame frame) {
        return new ClaudeAnswerWriter(
                frame, () -> request instanceof ClaudeRequest asked ? asked.promptTokensLikely() : 0);
    }

    /** Claude Code is known by its own headers, and some subscriptions answer nobody else. */
    @Override
    public boolean passesToProvider(String header) {
        return TO_PROVIDER.contains(header)
                || header.startsWith("anthropic-")
                || header.startsWith("x-stainless-")
                || header.startsWith("x-claude-code-");
    }

    /** The name of the organization would tell whose account it was. */
    @Override
    public boolean passesToClient(String header) {
        return header.equals("request-id") || header.equals("retry-after") || header.startsWith("anthropic-ratelimit-");
    }

    @Override
    public String path(String model, boolean stream, @Nullable RequestLine line) {
        boolean beta = line != null && "true".equals(line.parameter("beta"));
        return beta ? "/v1/messages?beta=true" : "/v1/messages";
    }

    @Override
    public Map<String, String> headers(String key) {
        return key.isEmpty()
                ? Map.of("anthropic-version", VERSION)
                : Map.of("x-api-key", key, "anthropic-version", VERSION);
    }

    @Override
    public byte[] body(Conversation conversation, String upstreamModel, long longest) {
        return ClaudeRequestWriter.write(conversation, upstreamModel, longest);
    }

    /** Pictures and documents, from addresses that are safe on the way. */
    @Override
    public boolean fetches(Part.Media media) {
        return media.source() instanceof Source.Address address && address.url().startsWith("https://");
    }

    @Override
    public UsageReader usage() {
        return new ClaudeUsage();
    }

    @Override
    public AnswerText text() {
        return AnswerText.ofClaude();
    }

    @Override
    public AnswerReader reader() {
        return new ClaudeAnswerReader();
    }

    @Override
    public PassRules rules(@Nullable ClientRequest request) {
        return new ClaudePassRules();
    }
}
