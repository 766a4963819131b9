/** Seals secrets and personal data, so that an event store can be kept for ever and a person still forgotten. */
@NullMarked
package io.tollbook.command.secret;

import org.jspecify.annotations.NullMarked;
