/** Work that runs by itself for a while, one of a kind at a time over all nodes, and that administrators watch. */
@NullMarked
package io.tollbook.kernel.task;

import org.jspecify.annotations.NullMarked;
