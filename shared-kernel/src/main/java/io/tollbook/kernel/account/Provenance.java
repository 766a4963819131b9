package io.tollbook.kernel.account;

/** Where the figures of a charge come from. */
public enum Provenance {
    /** The provider said so in the answer the client got. */
    REPORTED,
    /** The provider said so after the client had hung up. */
    DRAINED,
    /** Nobody said so: counted by Tollbook, never above {@code max_tokens}. */
    ESTIMATED,
    /** The provider said something that cannot be: charged as the site's option says, never above the hold. */
    QUARANTINED
}
