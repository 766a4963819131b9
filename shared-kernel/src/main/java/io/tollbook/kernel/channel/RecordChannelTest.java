package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Notes how a test call went. */
@Permits({Caller.ADMIN, Caller.SYSTEM})
public record RecordChannelTest(
        @TargetAggregateIdentifier ChannelId channel,
        String model,
        boolean passed,
        String error,
        long millis,
        Instant at)
        implements ChannelCommand<Void> {}
