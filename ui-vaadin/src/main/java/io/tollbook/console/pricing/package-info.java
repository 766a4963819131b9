/** Prices: for everybody to look up, for root to publish as the next version. */
@NullMarked
package io.tollbook.console.pricing;

import org.jspecify.annotations.NullMarked;
