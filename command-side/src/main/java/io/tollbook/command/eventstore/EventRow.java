package io.tollbook.command.eventstore;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One event as it stands in {@code events.event}, but for its position. */
record EventRow(
        String stream,
        long sequence,
        @Nullable String aggregate,
        String id,
        String name,
        int version,
        Instant recordedAt,
        String payload,
        String metadata) {}
