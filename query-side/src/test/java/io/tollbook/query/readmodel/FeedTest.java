package io.tollbook.query.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.annotation.ClasspathHandlerDefinition;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeedTest {
    private final InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine(1);
    private final Feed feed = new Feed(engine);
    private final AtomicInteger woken = new AtomicInteger();
    private final List<Throwable> faults = new ArrayList<>();

    record Counted(int number) {}

    record Passed(int number) {}

    /** What went into a batch. */
    static final class Numbers implements Changes {
        final List<Integer> all = new ArrayList<>();

        @Override
        public void write(Connection connection) {}
    }

    static final class Counting {
        @EventHandler
        void on(Counted event, Batch batch) {
            if (event.number() < 0) throw new IllegalStateException("below zero: " + event.number());
            batch.changes(Numbers.class, Numbers::new).all.add(event.number());
        }
    }

    private ChunkStream stream(@Nullable TrackingToken after) {
        ParameterResolverFactory parameters = MultiParameterResolverFactory.ordered(
                ClasspathParameterResolverFactory.forClass(Counting.class), new BatchParameter());
        Handlers handlers = new Handlers(
                SimpleEventHandlerInvoker.builder()
                        .eventHandlers(new Counting())
                        .parameterResolverFactory(parameters)
                        .handlerDefinition(ClasspathHandlerDefinition.forClass(Counting.class))
                        .listenerInvocationErrorHandler((fault, event, handler) -> {
                            throw fault;
                        })
                        .build(),
                null,
                () -> {});
        ChunkStream stream = new ChunkStream("counting", engine, feed, handlers, after, faults::add);
        stream.setOnAvailableCallback(woken::incrementAndGet);
        return stream;
    }

    private void store(Object... payloads) {
        List<EventMessage<?>> events = new ArrayList<>();
        for (Object payload : payloads) events.add(new GenericEventMessage<>(payload));
        engine.appendEvents(events);
    }

    private void storeNumbers(int from, int to) {
        store(IntStream.range(from, to).mapToObj(Counted::new).toArray());
    }

    /** Takes the next chunk as a processor would. */
    private static List<Integer> next(ChunkStream stream) {
        assertThat(stream.hasNextAvailable(0, TimeUnit.MILLISECONDS)).isTrue();
        TrackedEventMessage<?> message = stream.nextAvailable();
        Chunk chunk = Chunk.of(message);
        chunk.taken().run();
        return chunk.batch().changes(Numbers.class, Numbers::new).all;
    }

    private static boolean hasNext(ChunkStream stream) {
        return stream.hasNextAvailable(0, TimeUnit.MILLISECONDS);
    }

    private void handOn() {
        feed.pass();
        feed.release(stream -> true);
    }

    @Test
    void aNewStreamReadsThePastAndThenIsFed() {
        storeNumbers(1, 4);
        ChunkStream stream = stream(null);
        handOn();
        assertThat(hasNext(stream)).isFalse();
        handOn();
        assertThat(next(stream)).containsExactly(1, 2, 3);
        storeNumbers(4, 6);
        assertThat(hasNext(stream)).isFalse();
        int before = woken.get();
        handOn();
        assertThat(woken.get()).isGreaterThan(before);
        assertThat(next(stream)).containsExactly(4, 5);
        assertThat(hasNext(stream)).isFalse();
    }

    @Test
    void gatheredEventsWaitUntilTheyAreHandedOn() {
        ChunkStream stream = stream(null);
        assertThat(hasNext(stream)).isFalse();
        storeNumbers(1, 2);
        feed.pass();
        storeNumbers(2, 3);
        feed.pass();
        assertThat(hasNext(stream)).isFalse();
        feed.release(s -> false);
        assertThat(hasNext(stream)).isFalse();
        feed.release(s -> true);
        assertThat(next(stream)).containsExactly(1, 2);
    }

    @Test
    void theNextChunkWaitsForTheLast() {
        ChunkStream stream = stream(null);
        assertThat(hasNext(stream)).isFalse();
        storeNumbers(1, 2);
        handOn();
        assertThat(hasNext(stream)).isTrue();
        TrackedEventMessage<?> first = stream.nextAvailable();
        storeNumbers(2, 3);
        handOn();
        assertThat(hasNext(stream)).isFalse();
        int before = woken.get();
        Chunk.of(first).taken().run();
        assertThat(woken.get()).isGreaterThan(before);
        assertThat(next(stream)).containsExactly(2);
    }

    @Test
    void aStreamThatIsFullReadsForItselfAgainAndMissesNothing() {
        ChunkStream stream = stream(null);
        assertThat(hasNext(stream)).isFalse();
        int many = ChunkStream.EVENTS_MAX + 10;
        storeNumbers(0, many);
        feed.pass();
        storeNumbers(many, many + 5);
        feed.pass();
        List<Integer> seen = new ArrayList<>(next(stream));
        assertThat(seen).hasSize(ChunkStream.EVENTS_MAX);
        assertThat(hasNext(stream)).isFalse();
        handOn();
        seen.addAll(next(stream));
        storeNumbers(many + 5, many + 6);
        handOn();
        seen.addAll(next(stream));
        assertThat(seen).isEqualTo(IntStream.range(0, many + 6).boxed().toList());
    }

    @Test
    void aStreamBehindTheOthersJoinsWhereTheyAre() {
        storeNumbers(1, 3);
        ChunkStream first = stream(null);
        assertThat(hasNext(first)).isFalse();
        handOn();
        assertThat(next(first)).containsExactly(1, 2);
        storeNumbers(3, 5);
        ChunkStream second = stream(null);
        // Reads on to 4, past the feed, which has not passed 3 and 4 on yet.
        assertThat(hasNext(second)).isFalse();
        handOn();
        assertThat(next(first)).containsExactly(3, 4);
        assertThat(next(second)).containsExactly(1, 2, 3, 4);
        storeNumbers(5, 6);
        handOn();
        assertThat(next(first)).containsExactly(5);
        assertThat(next(second)).containsExactly(5);
    }

    @Test
    void eventsOfNoInterestMoveThePositionOnly() {
        ChunkStream stream = stream(null);
        assertThat(hasNext(stream)).isFalse();
        store(new Passed(1), new Passed(2));
        handOn();
        assertThat(hasNext(stream)).isTrue();
        TrackedEventMessage<?> message = stream.nextAvailable();
        assertThat(Chunk.of(message).batch().events()).isZero();
        assertThat(message.trackingToken().position()).hasValue(2);
        store(new Counted(3));
        handOn();
        assertThat(next(stream)).containsExactly(3);
    }

    @Test
    void anEventThatCannotBeProjectedEndsItsStreamAndNoOther() {
        ChunkStream broken = stream(null);
        assertThat(hasNext(broken)).isFalse();
        storeNumbers(1, 2);
        handOn();
        TrackingToken written = broken.nextAvailable().trackingToken();
        store(new Counted(2), new Counted(-1), new Counted(3));
        handOn();
        assertThat(faults).singleElement().satisfies(fault -> assertThat(fault).hasMessageContaining("below zero: -1"));
        assertThatThrownBy(() -> hasNext(broken)).hasMessageContaining("below zero: -1");
        broken.close();
        // Its successor begins where the broken one had written, and stops at the same event.
        ChunkStream successor = stream(written);
        assertThatThrownBy(() -> hasNext(successor)).hasMessageContaining("below zero: -1");
        assertThat(faults).hasSize(2);
    }

    @Test
    void aClosedStreamIsFedNoMore() {
        ChunkStream stream = stream(null);
        assertThat(hasNext(stream)).isFalse();
        stream.close();
        storeNumbers(1, 2);
        int before = woken.get();
        handOn();
        assertThat(woken.get()).isEqualTo(before);
    }

    @Test
    void aProcessorSaysWhenItBeginsAndWhenItHasCommitted() {
        List<String> steps = new ArrayList<>();
        Handlers handlers = new Handlers(
                SimpleEventHandlerInvoker.builder()
                        .eventHandlers(new Counting())
                        .parameterResolverFactory(MultiParameterResolverFactory.ordered(
                                ClasspathParameterResolverFactory.forClass(Counting.class), new BatchParameter()))
                        .handlerDefinition(ClasspathHandlerDefinition.forClass(Counting.class))
                        .build(),
                null,
                () -> steps.add("committed"));
        EventMessage<?> chunk = new GenericEventMessage<>(new Chunk(new Batch(false), () -> steps.add("taken")));
        DefaultUnitOfWork.startAndGet(chunk).execute(() -> handlers.handle(chunk, null));
        assertThat(steps).containsExactly("taken", "committed");
    }
}
