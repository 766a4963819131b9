package io.tollbook.query.readmodel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The gate of each read model and, once its processor is made, its handlers. */
final class Projections {
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    private final Map<String, ChunkInvoker> handlers = new ConcurrentHashMap<>();

    Projections() {
        for (String name : ReadModelNames.ALL) gates.put(name, new Gate());
    }

    Gate gate(String name) {
        return gates.get(name);
    }

    void handlers(String name, ChunkInvoker invoker) {
        handlers.put(name, invoker);
    }

    ChunkInvoker handlers(String name) {
        return handlers.get(name);
    }
}
