/** A Tollbook on paper: everything the console talks to, in memory, with plausible data; for looking at pages and testing them. */
@NullMarked
package io.tollbook.console.paper;

import org.jspecify.annotations.NullMarked;
