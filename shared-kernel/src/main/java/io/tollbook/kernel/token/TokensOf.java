package io.tollbook.kernel.token;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Personal;
import io.tollbook.kernel.user.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A user's keys, newest first, without deleted ones.
 *
 * @param name exact, or a pattern with {@code %}; null for all
 * @param fingerprint of a whole key; null for all
 */
@Permits({Caller.OWNER, Caller.AUDITOR, Caller.SYSTEM})
public record TokensOf(
        UserId owner, @Nullable String name, @Nullable String fingerprint, Paging paging)
        implements Query<Page<TokenSummary>>, Owned, Personal {
    @Override
    public DataViewed.What what() {
        return DataViewed.What.KEYS;
    }

    @Override
    public UserId subject() {
        return owner;
    }
}
