package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.List;

/** What the providers of these channels have told last; those who never told anything are left out. */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record ChannelUpstreams(List<ChannelId> channels) implements Query<List<ChannelUpstream>> {}
