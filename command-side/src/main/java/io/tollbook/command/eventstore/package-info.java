/** Where facts are kept: stable names, gapless positions, and one durable append for everybody who waits. */
@NullMarked
package io.tollbook.command.eventstore;

import org.jspecify.annotations.NullMarked;
