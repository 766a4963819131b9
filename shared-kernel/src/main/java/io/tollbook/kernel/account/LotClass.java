package io.tollbook.kernel.account;

/** Where the quota of a lot comes from; it never changes, so gifts never become refundable cash. */
public enum LotClass {
    PAID,
    PROMO,
    SUBSCRIPTION,
    COMPENSATION
}
