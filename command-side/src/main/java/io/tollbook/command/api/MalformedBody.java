package io.tollbook.command.api;

/** The body is JSON, but not of the form that this call takes. Its message says which field and what it must be. */
public final class MalformedBody extends RuntimeException {
    public MalformedBody(String message) {
        super(message, null, false, false);
    }
}
