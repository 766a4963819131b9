/** Decides about channels and keeps their keys from hosts they were not given for. */
@NullMarked
package io.tollbook.command.channel;

import org.jspecify.annotations.NullMarked;
