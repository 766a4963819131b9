package io.tollbook.kernel.replay;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.List;

/** What a replay found to differ, in order. */
@Permits({Caller.ROOT, Caller.AUDITOR, Caller.SYSTEM})
public record ReplayDifferences(String run, Paging paging) implements Query<List<ReplayDifference>> {}
