package io.tollbook.query.readmodel;

import java.time.Instant;
import java.util.function.Consumer;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/** The event store behind a {@link Gate}. */
final class GatedSource implements StreamableMessageSource<TrackedEventMessage<?>> {
    private final StreamableMessageSource<TrackedEventMessage<?>> events;
    private final Gate gate;
    private final Consumer<Throwable> unreadable;

    /** @param unreadable told of an event that cannot be read, before the projection stops at it */
    GatedSource(StreamableMessageSource<TrackedEventMessage<?>> events, Gate gate, Consumer<Throwable> unreadable) {
        this.events = events;
        this.gate = gate;
        this.unreadable = unreadable;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        return new GatedStream(
                events.openStream(token),
                gate,
                token == null ? -1 : token.position().orElse(-1),
                unreadable);
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
