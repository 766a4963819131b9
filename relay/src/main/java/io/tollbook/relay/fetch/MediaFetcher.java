package io.tollbook.relay.fetch;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Source;
import io.tollbook.relay.conversation.Turn;
import io.tollbook.relay.dialect.Dialect;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Fetches what a request only gives the address of, for providers that want the bytes. */
@Component
public final class MediaFetcher {
    private static final int MEDIA_MAX = 20;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final GuardedFetch fetch;
    private final GuardedFetch.Purpose purpose;

    MediaFetcher(GuardedFetch fetch, @Value("${MAX_FILE_DOWNLOAD_MB:64}") long megabytesMax) {
        this.fetch = fetch;
        purpose = new GuardedFetch.Purpose(
                false, "An address in the request", "*/*", megabytesMax * 1024 * 1024, LIMIT_NANOS);
    }

    /**
     * The conversation with everything in it that this provider does not fetch itself.
     *
     * @throws Refused INVALID, saying what could not be fetched
     */
    public Conversation fetched(Conversation conversation, Dialect provider) {
        int[] count = {0};
        List<Turn> turns = new ArrayList<>();
        boolean changed = false;
        for (Turn turn : conversation.turns()) {
            List<Part> parts = fetched(turn.parts(), provider, count);
            changed |= !parts.equals(turn.parts());
            turns.add(new Turn(turn.role(), parts, turn.name()));
        }
        return changed ? conversation.withTurns(conversation.system(), turns) : conversation;
    }

    private List<Part> fetched(List<Part> parts, Dialect provider, int[] count) {
        List<Part> all = new ArrayList<>(parts.size());
        for (Part part : parts)
            all.add(
                    switch (part) {
                        case Part.Media media -> fetched(media, provider, count);
                        case Part.ToolResult result ->
                            new Part.ToolResult(
                                    result.call(),
                                    result.name(),
                                    fetched(result.content(), provider, count),
                                    result.json(),
                                    result.isError(),
                                    result.cache());
                        default -> part;
                    });
        return all;
    }

    private Part.Media fetched(Part.Media media, Dialect provider, int[] count) {
        if (!(media.source() instanceof Source.Address address) || provider.fetches(media)) return media;
        if (++count[0] > MEDIA_MAX)
            throw Refused.invalid("More than " + MEDIA_MAX + " addresses would have to be fetched for one request.");
        Source.Inline inline = fetch(address);
        return new Part.Media(media.kind(), inline, media.name(), media.detail(), media.cache());
    }

    private Source.Inline fetch(Source.Address address) {
        GuardedFetch.Fetched fetched = fetch.get(address.url(), purpose);
        if (fetched.bytes().length == 0) throw Refused.invalid("An address in the request answered with nothing.");
        String type = address.mediaType() != null ? address.mediaType() : fetched.type();
        return new Source.Inline(
                type.isEmpty() ? "application/octet-stream" : type,
                Base64.getEncoder().encodeToString(fetched.bytes()));
    }
}
