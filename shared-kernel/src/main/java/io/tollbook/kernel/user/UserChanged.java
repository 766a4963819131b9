package io.tollbook.kernel.user;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.secret.Sealed;
import org.jspecify.annotations.Nullable;

/** What is said about a user has changed; null fields have not. */
@EventName("user.changed")
public record UserChanged(
        UserId user,
        @Nullable Sealed username,
        @Nullable Sealed displayName,
        @Nullable String group,
        @Nullable Sealed remark)
        implements UserEvent {}
