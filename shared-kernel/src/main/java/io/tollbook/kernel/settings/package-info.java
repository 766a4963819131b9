/** Options of the site: keys and values that root sets, with New API's names where it has them. */
@NullMarked
package io.tollbook.kernel.settings;

import org.jspecify.annotations.NullMarked;
