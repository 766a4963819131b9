package io.tollbook.kernel.replay;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;

/** The replays so far, the newest first. */
@Permits({Caller.ROOT, Caller.AUDITOR, Caller.SYSTEM})
public record ReplayRuns(Paging paging) implements Query<Page<ReplayRun>> {}
