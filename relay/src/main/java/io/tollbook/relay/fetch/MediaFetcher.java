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
import java.util.function.LongConsumer;
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
                false, "An address in the request", "*/*", bytesMax(megabytesMax), LIMIT_NANOS);
    }

    /** Half of what all bodies together may take, whatever is configured. */
    private static long bytesMax(long megabytes) {
        return Math.min(megabytes * 1024 * 1024, Runtime.getRuntime().maxMemory() / 12);
    }

    /**
     * The conversation with everything in it that this provider does not fetch itself.
     *
     * @param memory is told of each piece before it is kept, and may refuse
     * @throws Refused INVALID, saying what could not be fetched
     */
    public Conversation fetched(Conversation conversation, Dialect provider, LongConsumer memory) {
        Fetching fetching = new Fetching(provider, memory);
        List<Turn> turns = new ArrayList<>();
        boolean changed = false;
        for (Turn turn : conversation.turns()) {
            List<Part> parts = fetching.all(turn.parts());
            changed |= !parts.equals(turn.parts());
            turns.add(new Turn(turn.role(), parts, turn.name()));
        }
        return changed ? conversation.withTurns(conversation.system(), turns) : conversation;
    }

    /** For one request. */
    private final class Fetching {
        private final Dialect provider;
        private final LongConsumer memory;
        private int count;

        private Fetching(Dialect provider, LongConsumer memory) {
            this.provider = provider;
            this.memory = memory;
        }

        List<Part> all(List<Part> parts) {
            return parts.stream().map(this::one).toList();
        }

        private Part one(Part part) {
            return switch (part) {
                case Part.Media media -> medium(media);
                case Part.ToolResult result ->
                    new Part.ToolResult(
                            result.call(),
                            result.name(),
                            all(result.content()),
                            result.json(),
                            result.isError(),
                            result.cache());
                default -> part;
            };
        }

        private Part.Media medium(Part.Media media) {
            if (!(media.source() instanceof Source.Address address) || provider.fetches(media)) return media;
            if (++count > MEDIA_MAX)
                throw Refused.invalid(
                        "More than " + MEDIA_MAX + " addresses would have to be fetched for one request.");
            return new Part.Media(media.kind(), inline(address), media.name(), media.detail(), media.cache());
        }

        private Source.Inline inline(Source.Address address) {
            GuardedFetch.Fetched fetched = fetch.get(address.url(), purpose, memory);
            if (fetched.bytes().length == 0) throw Refused.invalid("An address in the request answered with nothing.");
            String type = address.mediaType() != null ? address.mediaType() : fetched.type();
            return new Source.Inline(
                    type.isEmpty() ? "application/octet-stream" : type,
                    Base64.getEncoder().encodeToString(fetched.bytes()));
        }
    }
}
