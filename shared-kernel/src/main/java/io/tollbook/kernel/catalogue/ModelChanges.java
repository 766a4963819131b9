package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;

/** What was done to descriptions, the newest first. */
@Permits({Caller.ADMIN, Caller.AUDITOR})
public record ModelChanges(Paging paging) implements Query<Page<ListedModelChange>> {}
