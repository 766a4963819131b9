/** Who is at the browser, and which pages are open to them. Asked anew on every navigation and for every message. */
@NullMarked
package io.tollbook.console.access;

import org.jspecify.annotations.NullMarked;
