package io.tollbook.relay.probe;

import io.tollbook.kernel.channel.ProbeEndpoint;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Sampling;
import io.tollbook.relay.conversation.Turn;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.ClientRequest;
import io.tollbook.relay.dialect.Dialect;
import io.tollbook.relay.dialect.Dialects;
import io.tollbook.relay.dialect.Json;
import io.tollbook.relay.dialect.RequestLine;
import io.tollbook.relay.routing.Target;
import io.tollbook.relay.shaping.ClientHeaders;
import io.tollbook.relay.shaping.OverrideFacts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The small call of a test: what a client would send, on the way that a client's call takes. */
final class ProbeRequest {
    private static final Pattern EMBEDS = Pattern.compile(".*embed.*|m3e.*|bge-.*");
    private static final Pattern THINKS = Pattern.compile(".*(?:thinking|reasoner).*");

    private final Target target;
    private final String model;
    private final String upstreamModel;
    private final boolean stream;
    private final Dialect client;
    private final ClientRequest asked;
    private final RequestLine line;
    /** The provider's. */
    private final Dialect provider;

    ProbeRequest(Target target, String model, @Nullable ProbeEndpoint endpoint, boolean stream, Dialects dialects) {
        this.target = target;
        this.model = model;
        upstreamModel = target.terms().upstreamModel(model);
        List<Vendor> spoken = target.speaks(upstreamModel);
        Vendor vendor = vendor(endpoint, spoken);
        client = dialects.of(vendor);
        // Vectors come at once.
        this.stream = stream && client.isConversation();
        provider = client.towards(spoken, dialects);
        line = line(client.path(model, this.stream, null));
        asked = client.read(line, client.isConversation() ? hi(vendor) : words());
    }

    private Vendor vendor(@Nullable ProbeEndpoint endpoint, List<Vendor> spoken) {
        if (endpoint == null)
            return EMBEDS.matcher(plain()).matches()
                            && (spoken.contains(Vendor.EMBEDDINGS) || spoken.contains(Vendor.GEMINI))
                    ? Vendor.EMBEDDINGS
                    : spoken.getFirst();
        return switch (endpoint) {
            case CHAT -> Vendor.OPENAI;
            case RESPONSES -> Vendor.RESPONSES;
            case CLAUDE -> Vendor.CLAUDE;
            case GEMINI -> Vendor.GEMINI;
            case EMBEDDINGS -> Vendor.EMBEDDINGS;
        };
    }

    private String plain() {
        return upstreamModel.toLowerCase(Locale.ROOT);
    }

    private static RequestLine line(String path) {
        int query = path.indexOf('?');
        return query < 0
                ? new RequestLine(path, null)
                : new RequestLine(path.substring(0, query), path.substring(query + 1));
    }

    /** Models that think first need room to come to an answer. */
    private long tokensMax() {
        if (plain().contains("gemini")) return 3_000;
        return THINKS.matcher(plain()).matches() ? 50 : 16;
    }

    private byte[] hi(Vendor vendor) {
        Conversation.Draft draft = new Conversation.Draft();
        draft.stream = stream;
        draft.turns.add(new Turn(Turn.Role.USER, List.of(new Part.Text("hi"))));
        draft.sampling = new Sampling(tokensMax(), null, null, null, null, List.of(), null, null, null, null);
        return client.body(draft.done(vendor), model, tokensMax());
    }

    private byte[] words() {
        ObjectNode root = Json.MAPPER.createObjectNode().put("model", model);
        root.putArray("input").add("hello world");
        return Json.MAPPER.writeValueAsBytes(root);
    }

    boolean isStream() {
        return stream;
    }

    Dialect provider() {
        return provider;
    }

    String path() {
        return provider.path(upstreamModel, stream, provider.passes(client) ? line : null);
    }

    /**
     * @param key in clear
     * @param headers filled with what goes along
     * @throws io.tollbook.kernel.Refused where the channel's settings say that the call is to fail, or cannot be followed
     */
    byte[] body(String key, Map<String, String> headers) {
        byte[] body = provider.passes(client)
                ? provider.passed(asked, upstreamModel)
                : provider.body(asked.conversation(), upstreamModel, tokensMax());
        body = target.shape().body(provider.vendor(), body, asked);
        headers.putAll(provider.headers(key));
        target.shape().headers().addTo(headers, ClientHeaders.NOBODY, key);
        if (!target.shape().overrides()) return body;
        OverrideFacts facts = new OverrideFacts(model, upstreamModel, line.path(), 0, 0, null, true);
        return target.shape().overridden(body, headers, ClientHeaders.NOBODY, facts);
    }
}
