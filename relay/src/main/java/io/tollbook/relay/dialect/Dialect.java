package io.tollbook.relay.dialect;

import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.metering.AnswerText;
import io.tollbook.relay.metering.UsageReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a vendor's bytes mean, asked by clients and answered by providers. */
public interface Dialect {
    Vendor vendor();

    // As its clients speak it.

    /** @throws io.tollbook.kernel.Refused INVALID with the field's name, for anything the vendor would answer with 400 */
    ClientRequest read(RequestLine line, byte[] body);

    ErrorShape errors();

    /** The end of this client's stream, which has begun and cannot go on. */
    default byte[] broken(ClientRequest request, Failure failure, String id) {
        return errors().event(failure, id);
    }

    /** What tells this client of a stream that the answer is still to come, without saying anything of it; empty for nothing. */
    default byte[] keepAlive(ClientRequest request) {
        return ": PING\n\n".getBytes(StandardCharsets.US_ASCII);
    }

    /** The header in which its clients look for a request's name; null for none. */
    default @Nullable String requestIdHeader() {
        return null;
    }

    /** For an answer that came in another dialect. */
    AnswerWriter writer(ClientRequest request, AnswerFrame frame);

    /**
     * Whether this header of a client goes along where the provider speaks the same dialect; the name in lower case. A key
     * never does, whatever is said here.
     */
    boolean passesToProvider(String header);

    /** Whether this header of a provider's answer goes along to a client of the same dialect; the name in lower case. */
    boolean passesToClient(String header);

    /**
     * What a client's request goes out in.
     *
     * @param spoken by the provider, the best first
     */
    default Dialect towards(List<Vendor> spoken, Dialects all) {
        return all.of(spoken.contains(vendor()) ? vendor() : spoken.getFirst());
    }

    // As its providers speak it.

    /** Whether a client's requests go to its providers as they are, and their answers as they are to the client. */
    default boolean passes(Dialect client) {
        return this == client;
    }

    /** Whether its answers are such that they can be read and written again. */
    default boolean isConversation() {
        return true;
    }

    /** The body of a request that passes. */
    default byte[] passed(ClientRequest request, String upstreamModel) {
        return request.upstreamBody(upstreamModel);
    }

    /**
     * The body of an answer that passes.
     *
     * @param root the same as JSON
     * @param charged what the call was charged for
     */
    default byte[] passedBack(ClientRequest request, byte[] body, JsonNode root, Meters charged) {
        return body;
    }

    /**
     * The path, with its query if it has one, behind the channel's address.
     *
     * @param line of the client where it speaks the same dialect, for what is said there and nowhere else; null otherwise
     */
    String path(String model, boolean stream, @Nullable RequestLine line);

    /** The headers that show the key, and those without which the vendor answers nobody. */
    Map<String, String> headers(String key);

    /**
     * Writes a request that came in another dialect.
     *
     * @param longest how many tokens the model can answer, for a vendor that wants a limit where the client set none
     * @throws io.tollbook.kernel.Refused INVALID, naming the field, for what this vendor cannot do and must not be left out
     */
    byte[] body(Conversation conversation, String upstreamModel, long longest);

    /** Whether the vendor fetches this medium itself. Otherwise its bytes are fetched first, under guard. */
    boolean fetches(Part.Media media);

    UsageReader usage();

    AnswerText text();

    AnswerReader reader();

    /** @param request null where nobody reads the stream but us */
    PassRules rules(@Nullable ClientRequest request);
}
