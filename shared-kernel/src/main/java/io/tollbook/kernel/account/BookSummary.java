package io.tollbook.kernel.account;

/**
 * The sums of a book up to a moment. {@code granted - deducted - charged - expired + overdraft} is
 * {@code available + held}.
 */
public record BookSummary(
        Quota granted,
        Quota deducted,
        Quota charged,
        Quota expired,
        Quota overdraft,
        Quota held,
        Quota available,
        long events) {}
