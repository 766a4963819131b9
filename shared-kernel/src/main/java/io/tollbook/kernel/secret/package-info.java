/** Secrets at rest and in memory: sealed under their subject's own key, never printed, never serialised in clear. */
@NullMarked
package io.tollbook.kernel.secret;

import org.jspecify.annotations.NullMarked;
