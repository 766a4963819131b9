package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.Optional;

/** One channel; empty for deleted ones. */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record ChannelById(ChannelId channel) implements Query<Optional<ChannelSummary>> {}
