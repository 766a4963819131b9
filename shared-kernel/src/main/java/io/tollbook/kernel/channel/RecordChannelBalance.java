package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Notes what is left of the channel's account at its provider. */
@Permits({Caller.ADMIN, Caller.SYSTEM})
public record RecordChannelBalance(
        @TargetAggregateIdentifier ChannelId channel, ChannelBalance balance, Instant at)
        implements ChannelCommand<Void> {}
