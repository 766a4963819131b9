/** How fast and how reliably channels and models answer, and how much this node has to do. */
@NullMarked
package io.tollbook.kernel.performance;

import org.jspecify.annotations.NullMarked;
