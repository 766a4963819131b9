/** Work that runs by itself: one of a kind at a time over all nodes, its progress and its end in a table. */
@NullMarked
package io.tollbook.command.task;

import org.jspecify.annotations.NullMarked;
