package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.List;

/** All channels that are not deleted, for the routing table; disabled ones too, for tests. */
@Permits(Caller.RELAY)
public record Routes() implements Query<List<Route>> {}
