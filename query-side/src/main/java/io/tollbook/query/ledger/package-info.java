/** The general ledger: kept as sums and lots while events pass by, and read again from the events for any past moment. */
@NullMarked
package io.tollbook.query.ledger;

import org.jspecify.annotations.NullMarked;
