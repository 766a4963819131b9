package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.secret.Secret;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Adds a channel, enabled.
 *
 * @param key the provider's key; several keys, one per line; blank only for the demo provider
 */
@Permits({Caller.ADMIN, Caller.SYSTEM})
public record CreateChannel(@TargetAggregateIdentifier ChannelId channel, ChannelTerms terms, Secret key, Instant at)
        implements ChannelCommand<ChannelId> {}
