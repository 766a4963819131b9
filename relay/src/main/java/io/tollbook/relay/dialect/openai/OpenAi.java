package io.tollbook.relay.dialect.openai;

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
import io.tollbook.relay.metering.OpenAiUsage;
import io.tollbook.relay.metering.UsageReader;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Chat completions. */
@Component
public class OpenAi implements Dialect {
    private static final Set<String> TO_PROVIDER = Set.of("accept", "openai-beta", "x-stainless-helper-method");
    private static final Set<String> TO_CLIENT = Set.of("retry-after", "openai-processing-ms", "openai-version");

    @Override
    public Vendor vendor() {
        return Vendor.OPENAI;
    }

    @Override
    public ClientRequest read(RequestLine line, byte[] body) {
        return OpenAiRequest.read(body);
    }

    @Override
    public ErrorShape errors() {
        return OpenAiErrors.SHAPE;
    }

    @Override
    public AnswerWriter writer(ClientRequest request, AnswerFrame frame) {
        return new OpenAiAnswerWriter(frame, request instanceof OpenAiRequest asked && asked.wantsUsageChunk());
    }

    @Override
    public boolean passesToProvider(String header) {
        return TO_PROVIDER.contains(header);
    }

    @Override
    public boolean passesToClient(String header) {
        return TO_CLIENT.contains(header) || header.startsWith("x-ratelimit-");
    }

    @Override
    public String path(String model, boolean stream, @Nullable RequestLine line) {
        return "/v1/chat/completions";
    }

    @Override
    public Map<String, String> headers(String key) {
        return key.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + key);
    }

    @Override
    public byte[] body(Conversation conversation, String upstreamModel, long longest) {
        return new OpenAiRequestWriter(conversation, upstreamModel).write();
    }

    /** Pictures are fetched by address, files are not. */
    @Override
    public boolean fetches(Part.Media media) {
        return media.kind() == Part.Media.Kind.PICTURE && media.source() instanceof Source.Address;
    }

    @Override
    public UsageReader usage() {
        return new OpenAiUsage();
    }

    @Override
    public AnswerText text() {
        return AnswerText.ofOpenAi();
    }

    @Override
    public AnswerReader reader() {
        return new OpenAiAnswerReader();
    }

    @Override
    public PassRules rules(@Nullable ClientRequest request) {
        return new OpenAiPassRules(!(request instanceof OpenAiRequest asked) || asked.wantsUsageChunk());
    }
}
