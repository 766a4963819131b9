package io.tollbook.query.readmodel;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.MultiEventHandlerInvoker;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** The projections of one read model: events go into a batch through them, and their processor writes the batch. */
final class Handlers implements EventHandlerInvoker {
    private final List<EventMessageHandler> handlers;
    private final ConcurrentHashMap<Class<?>, List<EventMessageHandler>> byType = new ConcurrentHashMap<>();
    private final DataSource views;
    private final Runnable committed;

    /** @param committed told after each batch */
    Handlers(EventHandlerInvoker projections, DataSource views, Runnable committed) {
        this.views = views;
        this.committed = committed;
        List<EventHandlerInvoker> parts =
                projections instanceof MultiEventHandlerInvoker several ? several.delegates() : List.of(projections);
        handlers = parts.stream()
                .flatMap(part -> ((SimpleEventHandlerInvoker) part).eventHandlers().stream())
                .toList();
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

    /** Lets an event go into a batch, if this read model cares for it. */
    void project(EventMessage<?> event, Batch batch) {
        List<EventMessageHandler> interested = handlers(event.getPayloadType());
        if (interested.isEmpty()) return;
        BatchParameter.FILLING.set(batch);
        try {
            for (EventMessageHandler handler : interested) handler.handle(event);
            batch.counted();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("an event could not be projected", e);
        } finally {
            BatchParameter.FILLING.remove();
        }
    }

    @Override
    public boolean canHandle(EventMessage<?> message, Segment segment) {
        return Chunk.of(message).batch().events() > 0;
    }

    @Override
    public boolean canHandleType(Class<?> payloadType) {
        return payloadType == Chunk.class;
    }

    @Override
    public void handle(EventMessage<?> message, Segment segment) {
        Chunk chunk = Chunk.of(message);
        chunk.taken().run();
        UnitOfWork<?> unit = CurrentUnitOfWork.get().root();
        unit.onPrepareCommit(u -> chunk.batch().write(views));
        unit.afterCommit(u -> committed.run());
    }

    /** Read models are not emptied and filled again but built anew beside the present ones. */
    @Override
    public boolean supportsReset() {
        return false;
    }
}
