package io.tollbook.kernel.account;

/** What an administrator decided about a call whose end nobody saw. */
public enum Resolution {
    /** It was answered: the customer pays for it. */
    CHARGED,
    /** It was answered, and the site bears what it cost. */
    WRITTEN_OFF,
    /** It was not answered: nobody owes anything. */
    LEFT_WITH_CUSTOMER
}
