/** What things cost: one immutable document per version, and the one place that turns meters into quota. */
@NullMarked
package io.tollbook.kernel.pricing;

import org.jspecify.annotations.NullMarked;
