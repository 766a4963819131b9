/** Chats with models at the visitor's own cost. The browser talks to the relay itself; the console only shows and remembers nothing. */
@NullMarked
package io.tollbook.console.playground;

import org.jspecify.annotations.NullMarked;
