/** The ledger for people: the trial balance and its equations, lots, and files for finance. */
@NullMarked
package io.tollbook.console.ledger;

import org.jspecify.annotations.NullMarked;
