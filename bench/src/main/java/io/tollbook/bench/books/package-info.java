/** Compares what was charged with what the provider says it answered, by arithmetic of its own. */
@NullMarked
package io.tollbook.bench.books;

import org.jspecify.annotations.NullMarked;
