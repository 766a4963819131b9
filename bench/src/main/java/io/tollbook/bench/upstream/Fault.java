package io.tollbook.bench.upstream;

import org.jspecify.annotations.Nullable;

/** Ways to go wrong, asked for by a model whose name begins with {@code mock-} and the fault, or by {@code x-mock-fault}. */
enum Fault {
    NONE(""),
    /** Answers 500. */
    SERVER_ERROR("500"),
    /** Answers 429 with Retry-After. */
    TOO_MANY("429"),
    /** Answers 400. */
    BAD_REQUEST("400"),
    /** Answers 401, as for a wrong provider key. */
    UNAUTHORIZED("401"),
    /** Every second request fails with 500, the others are answered. */
    FLAKY("flaky"),
    /** Never answers. */
    HANG("hang"),
    /** Closes the connection without a byte. */
    DROP("drop"),
    /** Closes the connection in the middle of the answer. */
    CUT("cut"),
    /** Status 200 and something that is no JSON. */
    GARBAGE("garbage"),
    /** A good answer without a word about usage. */
    NO_USAGE("nousage"),
    /** Waits before the first byte. */
    SLOW("slow"),
    /** One line of a megabyte. */
    HUGE_LINE("hugeline");

    private final String name;

    Fault(String name) {
        this.name = name;
    }

    static Fault of(String model, @Nullable String header) {
        if (header != null) {
            for (Fault fault : values()) if (fault.name.equals(header)) return fault;
        }
        if (!model.startsWith("mock-")) return NONE;
        for (Fault fault : values()) {
            if (fault != NONE && model.startsWith(fault.name, "mock-".length())) return fault;
        }
        return NONE;
    }
}
