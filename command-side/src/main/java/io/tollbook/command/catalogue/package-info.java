/** The model catalogue: who makes models, what is told of them, and whether they may be called. */
@NullMarked
package io.tollbook.command.catalogue;

import org.jspecify.annotations.NullMarked;
