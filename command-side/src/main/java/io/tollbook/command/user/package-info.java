/** Decides about people, signs them in and keeps their sessions. */
@NullMarked
package io.tollbook.command.user;

import org.jspecify.annotations.NullMarked;
