/** How fast and how reliably channels answer, and how much the node has to do. */
@NullMarked
package io.tollbook.console.performance;

import org.jspecify.annotations.NullMarked;
