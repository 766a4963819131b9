/** What must be right before anything starts: options, the data folder, the port. */
@NullMarked
package io.tollbook.start;

import org.jspecify.annotations.NullMarked;
