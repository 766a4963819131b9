package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import org.jspecify.annotations.Nullable;

/**
 * Holds that wait for their call to end, oldest first.
 *
 * @param account null for all
 */
@Permits({Caller.ADMIN, Caller.SYSTEM})
public record OpenHolds(@Nullable AccountId account, Paging paging) implements Query<Page<OpenHold>> {}
