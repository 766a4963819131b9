/** The shapes of the management API that reads and writes share. */
@NullMarked
package io.tollbook.kernel.api;

import org.jspecify.annotations.NullMarked;
