package io.tollbook.kernel.idempotency;

/** What becomes of a request under an idempotency key. */
public sealed interface Claim {
    /** Nobody used the key before: the request is to be answered. */
    record First() implements Claim {}

    /** The same request is being answered now. */
    record Running() implements Claim {}

    /** The key was used for another request. */
    record Otherwise() implements Claim {}

    /** The same request was answered, and charged. */
    record Answered(StoredAnswer answer) implements Claim {}
}
