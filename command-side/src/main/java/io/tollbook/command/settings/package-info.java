/** Decides about the site's options. */
@NullMarked
package io.tollbook.command.settings;

import org.jspecify.annotations.NullMarked;
