package io.tollbook.kernel.account;

/** How far a change of quota has come that needs a second person. */
public enum AdjustmentState {
    PENDING,
    APPROVED,
    REJECTED,
    WITHDRAWN,
    EXPIRED
}
