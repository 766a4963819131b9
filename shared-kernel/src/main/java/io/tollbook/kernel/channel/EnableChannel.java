package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

@Permits({Caller.ADMIN, Caller.SYSTEM})
public record EnableChannel(@TargetAggregateIdentifier ChannelId channel) implements ChannelCommand<Void> {}
