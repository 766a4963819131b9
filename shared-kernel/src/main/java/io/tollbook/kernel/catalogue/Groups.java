package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.List;

/** Every group that has a price ratio, is named by an option, or is used by a channel, a user or a key; by name. */
@Permits({Caller.ADMIN, Caller.AUDITOR})
public record Groups() implements Query<List<GroupRow>> {}
