package io.tollbook.kernel.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A place in the store.
 *
 * @param recordedAt when the event there was recorded; null before the first
 */
public record LedgerPosition(long position, @Nullable Instant recordedAt) {}
