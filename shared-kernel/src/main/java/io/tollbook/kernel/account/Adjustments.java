package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import org.jspecify.annotations.Nullable;

/**
 * Changes of quota that need a second person: those that wait, the one that expires next first, or those that ended, the
 * latest first.
 *
 * @param username of the account's user: exact, or with {@code %}; null for all
 * @param ended which of the two
 */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record Adjustments(
        @Nullable AccountId account, @Nullable String username, boolean ended, Paging paging)
        implements Query<Page<ListedAdjustment>> {}
