/** Options of the site, as last set. */
@NullMarked
package io.tollbook.query.settings;

import org.jspecify.annotations.NullMarked;
