package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Takes a channel into routing again, with its keys where Tollbook itself had switched all of them off. */
@Permits({Caller.ADMIN, Caller.SYSTEM})
public record EnableChannel(@TargetAggregateIdentifier ChannelId channel, Instant at) implements ChannelCommand<Void> {}
