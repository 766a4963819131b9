package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Uses a key again, and the channel too where it was out of routing for want of keys. */
@Permits({Caller.ADMIN, Caller.SYSTEM})
public record EnableChannelKey(@TargetAggregateIdentifier ChannelId channel, KeyPrint key, Instant at)
        implements ChannelCommand<Void> {}
