package io.tollbook.bench.upstream.gemini;

/** A request that Google would refuse. */
public final class BadRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadRequest(String message) {
        super(message, null, false, false);
    }
}
