/** What a channel's settings change in requests and answers; without settings, nothing. */
@NullMarked
package io.tollbook.relay.shaping;

import org.jspecify.annotations.NullMarked;
