package io.tollbook.kernel.performance;

/** What is known of how much a node has to do. */
public enum LoadFigure {
    PROCESS_CPU("CPU, this process", Unit.PERCENT),
    MACHINE_CPU("CPU, whole machine", Unit.PERCENT),
    MACHINE_MEMORY("Memory of the machine", Unit.PERCENT),
    HEAP("Heap", Unit.BYTES),
    HEAP_MAX("Heap at most", Unit.BYTES),
    /** Of the time, how much went into pauses for it. */
    GARBAGE_COLLECTION("Garbage collection", Unit.PERCENT),
    DISK("Disk", Unit.PERCENT),
    THREADS("Threads of the platform", Unit.COUNT),
    CONNECTIONS("Connections of clients", Unit.COUNT),
    DATABASE_CONNECTIONS("Connections to the database in use", Unit.COUNT),
    OPEN_REQUESTS("Open calls", Unit.COUNT),
    OPEN_STREAMS("Open streams", Unit.COUNT),
    LEDGER_WAITING("Commands that wait for the ledger", Unit.COUNT),
    READ_MODELS_BEHIND("Events that a read model has not seen", Unit.COUNT);

    public enum Unit {
        /** Of a hundred. */
        PERCENT,
        BYTES,
        COUNT
    }

    private final String words;
    private final Unit unit;

    LoadFigure(String words, Unit unit) {
        this.words = words;
        this.unit = unit;
    }

    public String words() {
        return words;
    }

    public Unit unit() {
        return unit;
    }
}
