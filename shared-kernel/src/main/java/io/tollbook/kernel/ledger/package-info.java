/** The general ledger: what every event of an account means as balanced double-entry postings, and what they add up to. */
@NullMarked
package io.tollbook.kernel.ledger;

import org.jspecify.annotations.NullMarked;
