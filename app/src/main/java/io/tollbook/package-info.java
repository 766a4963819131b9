/** The main class and what wires the parts into one process. */
@NullMarked
package io.tollbook;

import org.jspecify.annotations.NullMarked;
