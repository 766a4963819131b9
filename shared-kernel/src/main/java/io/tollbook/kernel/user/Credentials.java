package io.tollbook.kernel.user;

import io.tollbook.kernel.secret.Sealed;
import org.jspecify.annotations.Nullable;

/** What sign-in compares. */
public record Credentials(UserProfile user, @Nullable Sealed passwordHash) {}
