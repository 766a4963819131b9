package io.tollbook.kernel.user;

import io.tollbook.kernel.secret.Secret;
import org.jspecify.annotations.Nullable;

/** A wish to sign in, as a page or the API receives it. */
public record SignIn(
        String username,
        Secret password,
        @Nullable String address,
        @Nullable String userAgent) {}
