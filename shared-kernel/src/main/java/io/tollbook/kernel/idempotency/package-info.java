/** Calls that clients may repeat under a key of their own, and be answered the same and charged once. */
@NullMarked
package io.tollbook.kernel.idempotency;

import org.jspecify.annotations.NullMarked;
