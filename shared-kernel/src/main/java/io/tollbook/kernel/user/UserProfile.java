package io.tollbook.kernel.user;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A user as the read models know them. Never holds a secret. */
public record UserProfile(
        UserId id,
        String username,
        String displayName,
        Role role,
        UserStatus status,
        String group,
        String remark,
        Instant createdAt,
        @Nullable Instant lastSignInAt) {}
