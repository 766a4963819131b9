package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;
import java.util.Set;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Switches some of a channel's keys on or off by hand; those that are gone meanwhile are left out. */
@Permits(Caller.ADMIN)
public record SwitchChannelKeys(
        @TargetAggregateIdentifier ChannelId channel, Set<KeyPrint> keys, boolean on, String why, Instant at)
        implements ChannelCommand<Void> {
    public SwitchChannelKeys {
        keys = Set.copyOf(keys);
    }
}
