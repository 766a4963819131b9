package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Notes how the channel's models differ from its provider's. */
@Permits({Caller.ADMIN, Caller.SYSTEM})
public record RecordChannelModels(
        @TargetAggregateIdentifier ChannelId channel, List<String> added, List<String> removed, Instant at)
        implements ChannelCommand<Void> {}
