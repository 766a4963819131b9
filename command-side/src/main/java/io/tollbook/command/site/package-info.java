/** Sets the site up, once. */
@NullMarked
package io.tollbook.command.site;

import org.jspecify.annotations.NullMarked;
