/** Channels: the accounts at providers, kept and tried out by administrators. */
@NullMarked
package io.tollbook.console.channel;

import org.jspecify.annotations.NullMarked;
