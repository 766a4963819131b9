package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Uses a key until a moment and no longer, so that its successor and it overlap.
 *
 * @param until null takes the retirement back
 */
@Permits(Caller.ADMIN)
public record RetireChannelKey(
        @TargetAggregateIdentifier ChannelId channel,
        KeyPrint key,
        @Nullable Instant until,
        Instant at) implements ChannelCommand<Void> {}
