package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.time.Instant;
import java.util.List;

/** Changes of quota that wait although nobody may approve them any more. */
@Permits(Caller.SYSTEM)
public record OverdueAdjustments(Instant now) implements Query<List<LotId>> {}
