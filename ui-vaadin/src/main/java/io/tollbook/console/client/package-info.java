/** How programs call the site: addresses, samples in several languages, and what to set for the vendors' own tools. */
@NullMarked
package io.tollbook.console.client;

import org.jspecify.annotations.NullMarked;
