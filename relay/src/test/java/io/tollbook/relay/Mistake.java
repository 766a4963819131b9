package io.tollbook.relay;

/** What a vendor answers with status 400. */
final class Mistake extends RuntimeException {
    Mistake(String message) {
        super(message, null, false, false);
    }

    static void unless(boolean right, String message) {
        if (!right) throw new Mistake(message);
    }
}
