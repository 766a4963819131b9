package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.secret.Secret;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Shows root a channel's keys in clear, one per line. That it was done is recorded. */
@Permits(Caller.ROOT)
public record RevealChannelKeys(@TargetAggregateIdentifier ChannelId channel, Instant at)
        implements ChannelCommand<Secret> {}
