/** How events become tables: in batches, on one thread per read model, rebuilt at will. */
@NullMarked
package io.tollbook.query.readmodel;

import org.jspecify.annotations.NullMarked;
