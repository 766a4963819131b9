package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;

/** The tags of channels that fit a filter, in order of name. */
@Permits({Caller.ADMIN, Caller.AUDITOR})
public record ChannelTags(ChannelFilter filter, Paging paging) implements Query<Page<ListedTag>> {}
