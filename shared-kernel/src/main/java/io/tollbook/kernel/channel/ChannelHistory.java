package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;

/** What was done to a channel and what befell it, newest first, from its own events. */
@Permits({Caller.ADMIN, Caller.AUDITOR})
public record ChannelHistory(ChannelId channel, Paging paging) implements Query<Page<HistoryEntry>> {}
