package io.tollbook.kernel.limit;

/** Whose calls a limit counts, always within one account. */
public enum CallScope {
    /** All of the account's user. */
    USER,
    /** Those of one API key. */
    TOKEN,
    /** Those of the user to one model. */
    MODEL
}
