package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.secret.Secret;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Gives a channel other terms.
 *
 * @param key null keeps the present keys; refused when the base URL's host changes, so that no key is sent to a host it
 *     was not given for
 * @param addsKey whether the keys join the present ones, which then count as kept, rather than take their place
 */
@Permits(Caller.ADMIN)
public record ChangeChannel(
        @TargetAggregateIdentifier ChannelId channel,
        ChannelTerms terms,
        @Nullable Secret key,
        boolean addsKey) implements ChannelCommand<Void> {
    public ChangeChannel(ChannelId channel, ChannelTerms terms, @Nullable Secret key) {
        this(channel, terms, key, false);
    }
}
