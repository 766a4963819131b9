package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Permits;
import java.time.Instant;

/** Makes a channel like another one, with its keys; out of routing where that one is. */
@Permits(Caller.ADMIN)
public record CopyChannel(ChannelId source, ChannelId copy, String suffix, Instant at) implements Command<Void> {}
