package io.tollbook.kernel;

import org.jspecify.annotations.Nullable;

/** A no that the client may read. It carries no stack trace: a refusal is an answer, not a fault. */
public class Refused extends RuntimeException {
    private final Refusal refusal;

    public Refused(Refusal refusal) {
        this(refusal, null);
    }

    /** @param detail a sentence about this very case, shown instead of the general one */
    public Refused(Refusal refusal, @Nullable String detail) {
        super(detail == null ? refusal.message() : detail, null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }

    /** For a field that breaks its rule: says which and what to do. */
    public static Refused invalid(String detail) {
        return new Refused(Refusal.INVALID, detail);
    }
}
