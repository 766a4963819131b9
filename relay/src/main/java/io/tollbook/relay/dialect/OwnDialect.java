package io.tollbook.relay.dialect;

/** How much it matters that the provider speaks the client's own dialect. */
public enum OwnDialect {
    /** All that is asked can be said in others. */
    EQUAL,
    /** Others have something like it. */
    BETTER,
    /** Nobody else can do it. */
    NEEDED
}
