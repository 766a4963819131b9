package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import org.jspecify.annotations.Nullable;

/** A channel's keys, none of them in clear. {@code state} null for all. */
@Permits({Caller.ADMIN, Caller.AUDITOR})
public record ChannelKeys(ChannelId channel, @Nullable KeyState state, Paging paging) implements Query<ListedKeys> {}
