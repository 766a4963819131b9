/** The usage log: what happened, live, and how each charge came about. */
@NullMarked
package io.tollbook.console.log;

import org.jspecify.annotations.NullMarked;
