package io.tollbook.kernel.user;

import io.tollbook.kernel.secret.Secret;

/**
 * A fresh session.
 *
 * @param token the cookie's value, 256 random bits; only its fingerprint is stored
 */
public record Session(Secret token, UserProfile user) {}
