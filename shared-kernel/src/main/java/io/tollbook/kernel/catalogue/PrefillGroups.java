package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All prefill groups by name. @param type null for all */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record PrefillGroups(@Nullable PrefillType type) implements Query<List<PrefillGroup>> {}
