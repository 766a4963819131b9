/** Logs and statistics of calls, as people filter and sum them. */
@NullMarked
package io.tollbook.kernel.log;

import org.jspecify.annotations.NullMarked;
