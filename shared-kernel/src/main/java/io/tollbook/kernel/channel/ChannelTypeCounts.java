package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.Map;

/** How many channels of each type fit a filter, whatever type that names. */
@Permits({Caller.ADMIN, Caller.AUDITOR})
public record ChannelTypeCounts(ChannelFilter filter) implements Query<Map<Integer, Integer>> {}
