package io.tollbook.kernel.user;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import org.jspecify.annotations.Nullable;

/**
 * Users, newest first.
 *
 * @param keyword part of username or display name, or the id; null for all
 * @param status null for all
 */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record Users(
        @Nullable String keyword,
        @Nullable String group,
        @Nullable Role role,
        @Nullable UserStatus status,
        Paging paging)
        implements Query<Page<UserProfile>> {}
