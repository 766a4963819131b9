package io.tollbook.kernel.ledger;

import io.tollbook.kernel.account.AccountId;

/**
 * An event that cannot be true after those before it.
 *
 * @param position of the event in the store
 * @param event its stored name
 * @param what a sentence
 */
public record LedgerFault(long position, AccountId account, String event, String what) {}
