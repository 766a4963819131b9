package io.tollbook.kernel.statistics;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.time.Instant;

/** Where too little was left since a moment, newest first. */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record MarginAlarms(Instant since, Paging paging) implements Query<Page<MarginAlarm>> {}
