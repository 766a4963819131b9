package io.tollbook.query.readmodel;

import org.axonframework.eventhandling.EventMessage;

/**
 * What many events change, which a processor takes as one event. Axon's per-event work (queues, claims, interceptors,
 * spans) costs more than projecting, and events that wait in memory cost garbage collection; so only what they change is
 * kept, and written once for all of them.
 *
 * @param taken to be told when the processor works on it, so that the next can be made
 */
record Chunk(Batch batch, Runnable taken) {
    static Chunk of(EventMessage<?> message) {
        return (Chunk) message.getPayload();
    }
}
