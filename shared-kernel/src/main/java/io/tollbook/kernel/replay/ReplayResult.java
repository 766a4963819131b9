package io.tollbook.kernel.replay;

import org.jspecify.annotations.Nullable;

/**
 * What a replay found in one read model.
 *
 * @param position of the last event gone over
 * @param rows of the replay
 * @param digest SHA-256 over the replay's rows in order, hex
 * @param liveDigest the same over the live rows; null where the live ones do not say what they were at that position
 * @param differences how many values differ
 */
public record ReplayResult(
        String readModel,
        long position,
        long rows,
        String digest,
        @Nullable String liveDigest,
        long differences) {}
