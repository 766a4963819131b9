/** A provider that costs next to nothing, tells the truth about usage and remembers what it answered. */
@NullMarked
package io.tollbook.bench.upstream;

import org.jspecify.annotations.NullMarked;
