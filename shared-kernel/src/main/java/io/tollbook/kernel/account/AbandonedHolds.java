package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Open holds whose lease has ended, or whose process is not among the living. At most 1,000. */
@Permits(Caller.SYSTEM)
public record AbandonedHolds(Instant now, Set<String> livingNodes) implements Query<List<OpenHold>> {}
