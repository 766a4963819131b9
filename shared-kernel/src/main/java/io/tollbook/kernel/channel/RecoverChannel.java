package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Uses again what Tollbook itself had switched off, because a test went well. What a person switched off meanwhile stays so.
 *
 * @param key that it was tested with; null for a channel without keys
 */
@Permits(Caller.SYSTEM)
public record RecoverChannel(
        @TargetAggregateIdentifier ChannelId channel,
        @Nullable KeyPrint key,
        Instant at) implements ChannelCommand<Void> {}
