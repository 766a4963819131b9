/** API keys: what clients show, and what each may do. */
@NullMarked
package io.tollbook.kernel.token;

import org.jspecify.annotations.NullMarked;
