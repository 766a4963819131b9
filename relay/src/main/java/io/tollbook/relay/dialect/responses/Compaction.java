package io.tollbook.relay.dialect.responses;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.ClientRequest;
import io.tollbook.relay.dialect.PromptText;
import io.tollbook.relay.dialect.RequestLine;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A conversation made shorter in a way that only its vendor can read again. */
@Component
public final class Compaction extends Responses {
    /** What is to be made shorter. */
    private static final class Request extends ResponsesRequest {
        Request(byte[] body, PromptText prompt) {
            super(body, prompt);
        }

        @Override
        protected ClientRequest again(PromptText text) {
            return new Request(body, text);
        }

        @Override
        public Conversation conversation() {
            throw Refused.invalid(
                    "/v1/responses/compact needs a channel that speaks the Responses API itself; none serves this model.");
        }
    }

    @Override
    public Vendor vendor() {
        return Vendor.COMPACTION;
    }

    @Override
    public ClientRequest read(RequestLine line, byte[] body) {
        return new Request(body, PromptText.estimated());
    }

    @Override
    public boolean isConversation() {
        return false;
    }

    @Override
    public String path(String model, boolean stream, @Nullable RequestLine line) {
        return "/v1/responses/compact";
    }
}
