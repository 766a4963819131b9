/** Sends calls at a gateway or a provider and counts what comes back, cheaply enough to share the machine. */
@NullMarked
package io.tollbook.bench.load;

import org.jspecify.annotations.NullMarked;
