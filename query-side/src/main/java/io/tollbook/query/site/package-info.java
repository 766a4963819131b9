/** What a visitor may know of the site, and how far the read models are. */
@NullMarked
package io.tollbook.query.site;

import org.jspecify.annotations.NullMarked;
