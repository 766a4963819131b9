/** Channels: the accounts at providers that calls are sent to. */
@NullMarked
package io.tollbook.kernel.channel;

import org.jspecify.annotations.NullMarked;
