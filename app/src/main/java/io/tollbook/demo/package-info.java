/** The first minutes: the site set up with the built-in provider, and a first call that costs something. */
@NullMarked
package io.tollbook.demo;

import org.jspecify.annotations.NullMarked;
