package io.tollbook.query.readmodel;

import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Stream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * The stored events, read without the event store's own tail: that fetches after every append and keeps thousands of
 * events in memory.
 */
final class Store implements StreamableMessageSource<TrackedEventMessage<?>> {
    private final EventStorageEngine engine;
    private final Function<@Nullable TrackingToken, ChunkStream> streams;

    Store(EventStorageEngine engine, Function<@Nullable TrackingToken, ChunkStream> streams) {
        this.engine = engine;
        this.streams = streams;
    }

    static Stream<? extends TrackedEventMessage<?>> after(EventStorageEngine engine, @Nullable TrackingToken token) {
        return engine.readEvents(token, false);
    }

    static long position(@Nullable TrackingToken token) {
        return token == null ? -1 : token.position().orElse(-1);
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        return streams.apply(token);
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return engine.createTailToken();
    }

    @Override
    public @Nullable TrackingToken createHeadToken() {
        return engine.createHeadToken();
    }

    @Override
    public @Nullable TrackingToken createTokenAt(Instant moment) {
        return engine.createTokenAt(moment);
    }
}
