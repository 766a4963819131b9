package io.tollbook.kernel.replay;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Writes down that a replay ended, and what it found. */
@Permits(Caller.SYSTEM)
public record RecordReplay(@TargetAggregateIdentifier String history, ReplayRun run) implements ReplayCommand {
    /** The stream of all replays. */
    public static final String HISTORY = "replays";
}
