/** A gateway as a process: started, set up over HTTP alone, measured from {@code /proc}, killed. */
@NullMarked
package io.tollbook.bench.gateway;

import org.jspecify.annotations.NullMarked;
