/** The installation as a whole: whether it is set up, and what the read models have reached. */
@NullMarked
package io.tollbook.kernel.site;

import org.jspecify.annotations.NullMarked;
