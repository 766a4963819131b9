package io.tollbook.kernel.account;

import java.time.Instant;

/**
 * How long a call took.
 *
 * @param firstByteMillis from the request until the first byte of the answer left for the client; -1 if none did
 * @param totalMillis from the request until its settlement was asked for
 */
public record CallTiming(Instant startedAt, long firstByteMillis, long totalMillis, boolean stream) {}
