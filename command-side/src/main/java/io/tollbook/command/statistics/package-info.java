/** Watches the figures that somebody should be told of. */
@NullMarked
package io.tollbook.command.statistics;

import org.jspecify.annotations.NullMarked;
