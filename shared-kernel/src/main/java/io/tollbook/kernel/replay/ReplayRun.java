package io.tollbook.kernel.replay;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody went over the events again and held the outcome against what the pages show.
 *
 * @param run its id, by which its differences are found
 * @param upTo the position it was to end at; null for the present
 */
@EventName("replay.run")
public record ReplayRun(
        String run, UserId by, @Nullable Long upTo, List<ReplayResult> results, Instant startedAt, Instant at)
        implements ReplayEvent {
    public ReplayRun {
        results = List.copyOf(results);
    }

    public long differences() {
        return results.stream().mapToLong(ReplayResult::differences).sum();
    }
}
