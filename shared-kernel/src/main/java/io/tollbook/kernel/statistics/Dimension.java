package io.tollbook.kernel.statistics;

/** What usage can be told apart by. */
public enum Dimension {
    USER,
    TOKEN,
    GROUP,
    MODEL,
    CHANNEL
}
