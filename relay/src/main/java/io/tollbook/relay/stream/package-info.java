/** Streamed answers on their way from a provider to a client. */
@NullMarked
package io.tollbook.relay.stream;

import org.jspecify.annotations.NullMarked;
