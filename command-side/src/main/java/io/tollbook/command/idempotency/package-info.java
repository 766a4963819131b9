/** Where answers under idempotency keys are kept, outside of the event store. */
@NullMarked
package io.tollbook.command.idempotency;

import org.jspecify.annotations.NullMarked;
