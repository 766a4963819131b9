/** One process: it puts the sides together, starts them in order and stops them so that nothing is lost. */
@NullMarked
package io.tollbook;

import org.jspecify.annotations.NullMarked;
