package io.tollbook.kernel.site;

import io.tollbook.kernel.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The wizard's answers.
 *
 * @param username and password of root; ignored when root exists
 * @param demoProvider whether to add the built-in demo provider with its models and prices
 * @param code the one-time code printed at start; needed unless the caller is on this machine
 */
public record SetUp(
        String username,
        Secret password,
        boolean selfUseMode,
        boolean demoSite,
        boolean demoProvider,
        @Nullable String code) {}
