package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Personal;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events of one account, newest first, straight from the store.
 *
 * @param asOf leaves out what was recorded later; null for now
 * @param names the event names to show, without version; empty for all
 * @param text part of a hold, lot, model or cause; null for all
 * @param beforeSequence goes on behind this entry; null for the newest
 * @param limit 1 to 1,000
 * @param withCosts whether the stored events tell what attempts cost us, which their user does not learn
 */
@Permits({Caller.OWNER, Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record BookOf(
        AccountId account,
        @Nullable Instant asOf,
        Set<String> names,
        @Nullable String text,
        @Nullable Long beforeSequence,
        int limit,
        boolean withCosts)
        implements Query<List<BookEntry>>, Owned, Personal {
    public BookOf(
            AccountId account,
            @Nullable Instant asOf,
            Set<String> names,
            @Nullable String text,
            @Nullable Long beforeSequence,
            int limit) {
        this(account, asOf, names, text, beforeSequence, limit, false);
    }

    @Override
    public @Nullable UserId owner() {
        return withCosts ? null : new UserId(account.value());
    }

    @Override
    public DataViewed.What what() {
        return DataViewed.What.BOOK;
    }

    @Override
    public UserId subject() {
        return new UserId(account.value());
    }
}
