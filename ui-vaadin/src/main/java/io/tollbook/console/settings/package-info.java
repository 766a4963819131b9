/** The site's options: the few that pages go by, and the table in which root sets them all. */
@NullMarked
package io.tollbook.console.settings;

import org.jspecify.annotations.NullMarked;
