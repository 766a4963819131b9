package io.tollbook.relay.dialect.responses;

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
import io.tollbook.relay.metering.ResponsesUsage;
import io.tollbook.relay.metering.UsageReader;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** OpenAI's Responses, which Codex speaks and nothing else. */
@Component
public class Responses implements Dialect {
    /** Besides OpenAI's own those by which Codex is known and its turns are kept together. */
    private static final Set<String> TO_PROVIDER = Set.of(
            "accept",
            "user-agent",
            "openai-beta",
            "x-stainless-helper-method",
            "originator",
            "session_id",
            "session-id",
            "conversation_id",
            "thread_id",
            "thread-id",
            "x-client-request-id",
            "x-openai-subagent");

    private static final Set<String> TO_CLIENT = Set.of(
            "retry-after", "openai-processing-ms", "openai-version", "x-codex-turn-state", "x-reasoning-included");

    @Override
    public Vendor vendor() {
        return Vendor.RESPONSES;
    }

    @Override
    public ClientRequest read(RequestLine line, byte[] body) {
        return ResponsesRequest.read(body);
    }

    @Override
    public ErrorShape errors() {
        return ResponsesErrors.SHAPE;
    }

    @Override
    public AnswerWriter writer(ClientRequest request, AnswerFrame frame) {
        ResponsesRequest asked = (ResponsesRequest) request;
        return new ResponsesAnswerWriter(asked.told(), asked.clientTools(), frame);
    }

    @Override
    public boolean passesToProvider(String header) {
        return TO_PROVIDER.contains(header) || header.startsWith("x-codex-");
    }

    @Override
    public boolean passesToClient(String header) {
        return TO_CLIENT.contains(header) || header.startsWith("x-ratelimit-");
    }

    @Override
    public String path(String model, boolean stream, @Nullable RequestLine line) {
        return "/v1/responses";
    }

    @Override
    public Map<String, String> headers(String key) {
        return key.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + key);
    }

    @Override
    public byte[] body(Conversation conversation, String upstreamModel, long longest) {
        return ResponsesRequestWriter.write(conversation, upstreamModel);
    }

    /** Pictures and files alike. */
    @Override
    public boolean fetches(Part.Media media) {
        return media.kind() != Part.Media.Kind.SOUND && media.source() instanceof Source.Address;
    }

    @Override
    public UsageReader usage() {
        return new ResponsesUsage();
    }

    @Override
    public AnswerText text() {
        return AnswerText.ofResponses();
    }

    @Override
    public AnswerReader reader() {
        return new ResponsesAnswerReader();
    }

    @Override
    public PassRules rules(@Nullable ClientRequest request) {
        return new ResponsesPassRules();
    }
}
