/** The built-in provider: it stands for the vendors, in each of their dialects, so it shares nothing with those who translate. */
@NullMarked
package io.tollbook.relay.demo;

import org.jspecify.annotations.NullMarked;
