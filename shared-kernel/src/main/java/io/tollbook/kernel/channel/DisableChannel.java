package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Takes a channel out of routing.
 *
 * @param automatically whether Tollbook itself did it
 */
@Permits({Caller.ADMIN, Caller.SYSTEM})
public record DisableChannel(@TargetAggregateIdentifier ChannelId channel, boolean automatically, String why)
        implements ChannelCommand<Void> {}
