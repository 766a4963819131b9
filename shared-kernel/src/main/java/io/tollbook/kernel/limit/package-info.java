/** How many calls a user, an API key or a user at one model may make in a while, and how many may be open at once. */
@NullMarked
package io.tollbook.kernel.limit;

import org.jspecify.annotations.NullMarked;
