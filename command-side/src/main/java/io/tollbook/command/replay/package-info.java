/** Keeps that replays were made, by whom, and what they found. */
@NullMarked
package io.tollbook.command.replay;

import org.jspecify.annotations.NullMarked;
