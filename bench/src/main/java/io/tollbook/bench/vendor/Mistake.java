package io.tollbook.bench.vendor;

/** What a vendor would answer with 400. */
final class Mistake extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Mistake(String message) {
        super(message, null, false, false);
    }

    static void unless(boolean holds, String otherwise) {
        if (!holds) throw new Mistake(otherwise);
    }
}
