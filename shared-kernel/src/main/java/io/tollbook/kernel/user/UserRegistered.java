package io.tollbook.kernel.user;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.secret.Sealed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@EventName("user.registered")
public record UserRegistered(
        UserId user,
        Sealed username,
        Sealed displayName,
        Role role,
        String group,
        @Nullable Sealed passwordHash,
        Instant at)
        implements UserEvent {}
