package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Sends no more calls under a key. With its last key the channel goes out of routing too.
 *
 * @param automatically whether Tollbook itself did it; what a person switched off stays as it is then
 */
@Permits({Caller.ADMIN, Caller.RELAY, Caller.SYSTEM})
public record DisableChannelKey(
        @TargetAggregateIdentifier ChannelId channel, KeyPrint key, boolean automatically, String why, Instant at)
        implements ChannelCommand<Void> {}
