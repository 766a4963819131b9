/** Measures the whole product from outside and proves its books: one run, one table, every figure with its machine. */
@NullMarked
package io.tollbook.bench;

import org.jspecify.annotations.NullMarked;
