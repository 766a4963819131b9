/** Going over the events again: what is under way, what was found, and by whom. */
@NullMarked
package io.tollbook.console.replay;

import org.jspecify.annotations.NullMarked;
