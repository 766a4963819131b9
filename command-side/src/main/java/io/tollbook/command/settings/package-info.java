/** The site's options: which values are allowed, and which are secrets. */
@NullMarked
package io.tollbook.command.settings;

import org.jspecify.annotations.NullMarked;
