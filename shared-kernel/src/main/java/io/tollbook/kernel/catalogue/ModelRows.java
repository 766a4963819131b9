package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.List;

/** Every model that an enabled channel serves or somebody described, what needs care first, then by name. */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record ModelRows() implements Query<List<ModelRow>> {}
