/** What root may do to the usage log. */
@NullMarked
package io.tollbook.command.log;

import org.jspecify.annotations.NullMarked;
