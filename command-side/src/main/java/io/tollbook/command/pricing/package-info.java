/** Prices: one immutable document after another, each with a number and a hash that every charge refers to. */
@NullMarked
package io.tollbook.command.pricing;

import org.jspecify.annotations.NullMarked;
