package io.tollbook.query.readmodel;

import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * Many events that a processor takes as one. Axon's per-event work (queues, claims, interceptors, spans) costs more than
 * projecting; so it is done once for all of these.
 *
 * @param events those that the projection handles, maybe none; the events between them are behind it as well
 * @param taken to be told when the processor works on it, so that the next can be read
 */
record Chunk(List<TrackedEventMessage<?>> events, Runnable taken) {
    static boolean isEmpty(EventMessage<?> message) {
        return ((Chunk) message.getPayload()).events().isEmpty();
    }
}
