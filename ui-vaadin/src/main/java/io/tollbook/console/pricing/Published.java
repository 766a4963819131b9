package io.tollbook.console.pricing;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * A version in a history.
 *
 * @param size how many prices it has
 * @param again the draft that puts it in force again
 */
record Published(
        long version, Instant at, Instant effectiveFrom, int size, String hash, String note, Supplier<Draft> again) {}
