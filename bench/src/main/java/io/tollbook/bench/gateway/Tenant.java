package io.tollbook.bench.gateway;

/**
 * One user with an account and one API key.
 *
 * @param keyLimit what the key may spend; 0 for no limit of its own
 * @param accessToken for reading their own figures
 */
public record Tenant(
        long user, String username, long granted, long token, String key, long keyLimit, String accessToken) {}
