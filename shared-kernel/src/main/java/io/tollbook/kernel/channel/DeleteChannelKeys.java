package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.util.Set;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Forgets some of a channel's keys; one at least stays. */
@Permits(Caller.ADMIN)
public record DeleteChannelKeys(@TargetAggregateIdentifier ChannelId channel, Set<KeyPrint> keys)
        implements ChannelCommand<Integer> {}
