package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Notes that a node passes a channel over, or does so no longer. */
@Permits({Caller.RELAY, Caller.SYSTEM})
public record RecordChannelOutage(
        @TargetAggregateIdentifier ChannelId channel, String node, boolean out, String why, Instant at)
        implements ChannelCommand<Void> {}
