package io.tollbook.kernel.statistics;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.time.Instant;
import java.util.List;

/** Usage per hour and user, all models together, oldest first. */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record HourlyUsageByUser(Instant from, Instant to) implements Query<List<HourlyUsage>> {}
