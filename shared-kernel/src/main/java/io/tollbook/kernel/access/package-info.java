/** Calls that were turned away before anything was held. */
@NullMarked
package io.tollbook.kernel.access;

import org.jspecify.annotations.NullMarked;
