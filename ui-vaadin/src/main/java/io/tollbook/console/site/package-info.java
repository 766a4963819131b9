/** The installation as a whole: the wizard that sets it up, and how far its read models are. */
@NullMarked
package io.tollbook.console.site;

import org.jspecify.annotations.NullMarked;
