package io.tollbook.query.readmodel;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.MultiEventHandlerInvoker;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/** Hands the events of a {@link Chunk} to the projections of one read model. */
final class ChunkInvoker implements EventHandlerInvoker {
    /** Under this key a unit of work finds whether it goes over the past again. */
    static final String REPLAY = "io.tollbook.replay";

    private final EventHandlerInvoker projections;
    private final List<EventMessageHandler> handlers;
    private final ConcurrentHashMap<Class<?>, List<EventMessageHandler>> byType = new ConcurrentHashMap<>();

    ChunkInvoker(EventHandlerInvoker projections) {
        this.projections = projections;
        List<EventHandlerInvoker> parts =
                projections instanceof MultiEventHandlerInvoker several ? several.delegates() : List.of(projections);
        handlers = parts.stream()
                .flatMap(part -> ((SimpleEventHandlerInvoker) part).eventHandlers().stream())
                .toList();
    }

    boolean handles(Class<?> payloadType) {
        return !handlers(payloadType).isEmpty();
    }

    private List<EventMessageHandler> handlers(Class<?> payloadType) {
        List<EventMessageHandler> known = byType.get(payloadType);
        if (known != null) return known;
        return byType.computeIfAbsent(
                payloadType,
                type -> handlers.stream()
                        .filter(handler -> handler.canHandleType(type))
                        .toList());
    }

    @Override
    public boolean canHandle(EventMessage<?> message, Segment segment) {
        return !Chunk.isEmpty(message);
    }

    @Override
    public boolean canHandleType(Class<?> payloadType) {
        return payloadType == Chunk.class;
    }

    @Override
    public void handle(EventMessage<?> message, Segment segment) throws Exception {
        handle((Chunk) message.getPayload(), false);
    }

    /** The same for events that were handled before. */
    void replay(EventMessage<?> message) throws Exception {
        handle((Chunk) message.getPayload(), true);
    }

    private void handle(Chunk chunk, boolean replay) throws Exception {
        chunk.taken().run();
        CurrentUnitOfWork.get().root().resources().put(REPLAY, replay);
        for (TrackedEventMessage<?> event : chunk.events())
            for (EventMessageHandler handler : handlers(event.getPayloadType())) handler.handle(event);
    }

    @Override
    public boolean supportsReset() {
        return projections.supportsReset();
    }

    @Override
    public void performReset() {
        projections.performReset();
    }

    @Override
    public <R> void performReset(@Nullable R context) {
        projections.performReset(context);
    }
}
