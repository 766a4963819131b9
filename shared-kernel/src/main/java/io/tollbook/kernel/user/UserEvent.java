package io.tollbook.kernel.user;

import io.tollbook.kernel.Event;

public sealed interface UserEvent extends Event
        permits UserRegistered,
                UserChanged,
                PasswordChanged,
                RoleChanged,
                UserEnabled,
                UserDisabled,
                UserDeleted,
                UniqueClaimed,
                AccessTokenIssued,
                SignedIn {
    UserId user();
}
