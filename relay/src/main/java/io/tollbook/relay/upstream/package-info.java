/** Connections to providers: pooled, timed, and never followed to where they redirect. */
@NullMarked
package io.tollbook.relay.upstream;

import org.jspecify.annotations.NullMarked;
