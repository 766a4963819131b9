/** Prices written as a formula: read once, evaluated exactly, and bounded before the counts are known. */
@NullMarked
package io.tollbook.kernel.pricing.expression;

import org.jspecify.annotations.NullMarked;
