/** Models with all that is told of them, their vendors, lists for forms, and groups. */
@NullMarked
package io.tollbook.console.catalogue;

import org.jspecify.annotations.NullMarked;
