/** People: signing in and up, and the list in which administrators look after them. */
@NullMarked
package io.tollbook.console.user;

import org.jspecify.annotations.NullMarked;
