package io.tollbook.relay.dialect.openai;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.dialect.ClientRequest;
import io.tollbook.relay.dialect.PromptText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A request whose stream tells of usage only where that is asked for, which it is for every provider. */
abstract class UsageAsking extends ClientRequest {
    private boolean usageAsked;
    private @Nullable Span streamOptions;
    private boolean streamOptionsAreObject;
    private boolean streamOptionsAreEmpty = true;
    private @Nullable Span includeUsage;

    protected UsageAsking(byte[] body, PromptText prompt) {
        super(body, prompt);
    }

    protected final void readStreamOptions(JsonParser parser) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            streamOptionsAreObject = true;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                streamOptionsAreEmpty = false;
                String field = parser.currentName();
                parser.nextToken();
                if (field.equals("include_usage")) {
                    usageAsked = flag(parser, "stream_options.include_usage");
                    includeUsage = span(parser);
                } else {
                    parser.skipChildren();
                }
            }
        } else {
            if (parser.currentToken() != JsonToken.VALUE_NULL)
                throw Refused.invalid("stream_options must be an object");
        }
        streamOptions = new Span(from, (int) parser.currentLocation().getByteOffset());
    }

    /** Whether the client wants the usage chunk of a stream; OpenAI's own default is no. */
    public final boolean wantsUsageChunk() {
        return usageAsked;
    }

    @Override
    protected final void edit(List<Edit> edits) {
        if (stream && !usageAsked) edits.add(usageEdit());
    }

    private Edit usageEdit() {
        if (includeUsage != null) return Edit.at(includeUsage, "true");
        if (streamOptions == null)
            return Edit.at(new Span(rootEnd, rootEnd), ",\"stream_options\":{\"include_usage\":true}");
        if (!streamOptionsAreObject) return Edit.at(streamOptions, "{\"include_usage\":true}");
        int inside = streamOptions.from() + 1;
        return Edit.at(new Span(inside, inside), "\"include_usage\":true" + (streamOptionsAreEmpty ? "" : ","));
    }
}
