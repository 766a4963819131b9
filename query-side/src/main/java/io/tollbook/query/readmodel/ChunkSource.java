package io.tollbook.query.readmodel;

import java.time.Instant;
import java.util.function.Consumer;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/** The event store in chunks, behind a {@link Gate}. */
final class ChunkSource implements StreamableMessageSource<TrackedEventMessage<?>> {
    private final StreamableMessageSource<TrackedEventMessage<?>> events;
    private final Gate gate;
    private final ChunkInvoker projections;
    private final Consumer<Throwable> unreadable;

    /**
     * @param projections say which events a chunk must have
     * @param unreadable told of an event that cannot be read, before the projection stops at it
     */
    ChunkSource(
            StreamableMessageSource<TrackedEventMessage<?>> events,
            Gate gate,
            ChunkInvoker projections,
            Consumer<Throwable> unreadable) {
        this.events = events;
        this.gate = gate;
        this.projections = projections;
        this.unreadable = unreadable;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        long after = token == null ? -1 : token.position().orElse(-1);
        return new ChunkStream(events.openStream(token), gate, after, projections, unreadable);
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return events.createTailToken();
    }

    @Override
    public @Nullable TrackingToken createHeadToken() {
        return events.createHeadToken();
    }

    @Override
    public @Nullable TrackingToken createTokenAt(Instant moment) {
        return events.createTokenAt(moment);
    }
}
