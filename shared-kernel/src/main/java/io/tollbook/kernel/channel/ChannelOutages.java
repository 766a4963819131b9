package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.List;

/** Which channels are passed over at the moment, and by which nodes. */
@Permits({Caller.ADMIN, Caller.AUDITOR})
public record ChannelOutages() implements Query<List<ListedOutage>> {}
