/** Decides which price document is in force. */
@NullMarked
package io.tollbook.command.pricing;

import org.jspecify.annotations.NullMarked;
